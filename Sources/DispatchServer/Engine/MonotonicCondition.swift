internal import Base
internal import Foundation

/// A lock, and waiting for what it guards to change, at most for a span of the machine's monotonic clock.
///
/// Ours, since Foundation's `NSCondition` and NIO's `ConditionLock` wait until an instant of the wall clock: set back by an hour they wait an
/// hour longer, and instants after the year 2262 are beyond them.
///
/// `@unchecked`: POSIX sees to it that one thread at a time has the mutex.
final class MonotonicCondition: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func withLock<Value>(_ body: () throws -> Value) rethrows -> Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body()
    }

    /// Under the lock: wakes up one that waits.
    func signal() { pthread_cond_signal(condition) }

    /// Under the lock: wakes up all that wait.
    func broadcast() { pthread_cond_broadcast(condition) }

    /// Under the lock, which it gives up meanwhile.
    /// - Parameter deadline: of `uptime`; `nil`: for ever.
    /// - Returns: false when the deadline has come.
    func wait(until deadline: Timestamp?) -> Bool {
        guard let deadline else { return pthread_cond_wait(condition, mutex) == 0 }
        var time = timespec()
        time.tv_sec = Int(deadline.microseconds / 1_000_000)
        time.tv_nsec = Int(deadline.microseconds % 1_000_000) * 1_000
        return pthread_cond_timedwait(condition, mutex, &time) == 0
    }

    /// What the machine's monotonic clock says: which is never set, and means nothing by itself.
    static func uptime() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
