internal import Foundation

/// What a process takes of the machine's memory.
enum ProcessMemory {
    /// Of this one.
    static var residentBytes: Int { residentBytes(of: "self") }

    /// proc(5), `/proc/PID/statm`, field 2.
    static func residentBytes(of process: String) -> Int {
        let text = (try? String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8)) ?? ""
        let fields = text.split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
    }
}
