internal import ArgumentParser
internal import Reports

extension RunStatus {
    var exitCode: ExitCode { ExitCode(rawValue) }
}
