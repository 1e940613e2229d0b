// Times: the server's clock, countdowns, and local times in a program's zone.

let offset = 0;

/** Follows the server's clock by its `Date` header, which counts whole seconds: only more than that is a difference. */
export function followServerClock(date, asked, answered) {
    const instant = Date.parse(date);
    if (Number.isNaN(instant)) return;
    const measured = instant + 500 - (asked + answered) / 2;
    if (Math.abs(measured - offset) > 1_500) offset = measured;
}

/** The server's time, milliseconds since 1970. */
export const now = () => Date.now() + offset;

const two = number => String(number).padStart(2, "0");

/** `4:05`, `1:04:05`, `3 d 04:00`, `2 y 80 d`: how long something takes or is away. */
export function countdown(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
    const days = Math.floor(seconds / 86_400);
    const hours = Math.floor(seconds / 3_600) % 24;
    const minutes = Math.floor(seconds / 60) % 60;
    if (days >= 365) return `${Math.floor(days / 365)} y ${days % 365} d`;
    if (days > 0) return `${days} d ${two(hours)}:${two(minutes)}`;
    if (hours > 0) return `${hours}:${two(minutes)}:${two(seconds % 60)}`;
    return `${minutes}:${two(seconds % 60)}`;
}

/** `840 ms`, `3.2 s`, `4 m 05 s`, `1 h 04 m`: a latency. */
export function latency(milliseconds) {
    if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
    const seconds = milliseconds / 1_000;
    if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
    const whole = Math.round(seconds);
    if (whole < 3_600) return `${Math.floor(whole / 60)} m ${two(whole % 60)} s`;
    const minutes = Math.round(seconds / 60);
    return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
}

const formats = new Map();

/** In UTC where the browser does not know the zone: an older database may hold a name that only its server reads. */
function intlFormat(zone, options) {
    try {
        return new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone, hourCycle: "h23" });
    } catch {
        return new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC", hourCycle: "h23" });
    }
}

function format(zone, options) {
    const key = zone + JSON.stringify(options);
    if (!formats.has(key)) {
        formats.set(key, intlFormat(zone, options));
    }
    return formats.get(key);
}

export const clockTime = instant =>
    format(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(instant);

/** `Aug 27, 21:00` of this machine's zone; the year only where it is another one. */
export function shortTime(instant) {
    const isThisYear = new Date(instant).getFullYear() === new Date(now()).getFullYear();
    const options = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" };
    return format(undefined, isThisYear ? options : { ...options, year: "numeric" }).format(instant);
}

/** From when to when, in a zone: `Tue, Aug 27, 21:00 – 22:00 PDT`; of what was over before it began, when it would have begun. */
export function period(starts, ends, zone) {
    const day = format(zone, { weekday: "short", month: "short", day: "numeric", year: "numeric" });
    const clock = format(zone, { hour: "2-digit", minute: "2-digit" });
    const name = format(zone, { timeZoneName: "short" }).formatToParts(starts).find(part => part.type === "timeZoneName");
    const start = `${day.format(starts)}, ${clock.format(starts)}`;
    if (ends !== null && ends < starts) return `${start} ${name.value}, over before it began`;
    if (ends === null) return `${start} – open end ${name.value}`;
    const sameDay = day.format(starts) === day.format(ends);
    return `${start} – ${sameDay ? "" : `${day.format(ends)}, `}${clock.format(ends)} ${name.value}`;
}

/** An instant as a `datetime-local` field shows it: `2019-08-27T21:00` on the clocks of a zone. */
export function fieldTime(instant, zone) {
    const parts = {};
    const options = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
    for (const { type, value } of format(zone, options).formatToParts(instant)) parts[type] = value;
    return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}
