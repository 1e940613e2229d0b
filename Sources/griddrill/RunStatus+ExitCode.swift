internal import ArgumentParser
internal import Reports

extension RunStatus {
    var exitCode: ExitCode { ExitCode(rawValue) }

    /// Says first on standard error why the command ends with it.
    func exitCode(saying reason: String) -> ExitCode {
        StandardError.write("griddrill: \(reason)\n")
        return exitCode
    }
}
