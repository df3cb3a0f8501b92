/// How a command ended, in the numbers of sysexits.h.
enum ExitCode: Int32, Sendable, CaseIterable {
    case ok = 0
    /// The command ran, and what it looked for is not so: a check failed, a journal is damaged.
    case failed = 1
    case usage = 64
    case data = 65
    case noInput = 66
    /// The site cannot be reached, or refused for now.
    case unavailable = 69
    /// A mistake of ours.
    case software = 70
    case ioError = 74
    case noPermission = 77
    case configuration = 78

    var meaning: String {
        switch self {
        case .ok: "all is well"
        case .failed: "the command ran, and the answer is no"
        case .usage: "the command line was not understood"
        case .data: "what was given cannot be used"
        case .noInput: "a file is missing"
        case .unavailable: "the site cannot be reached, or takes nothing now"
        case .software: "a mistake of ours; please report it"
        case .ioError: "the disk or the journal failed"
        case .noPermission: "the token or the file's mode does not allow it"
        case .configuration: "the configuration is wrong"
        }
    }
}

/// Why a command cannot do what was asked, in a sentence for a person.
struct CommandFailure: Error {
    let code: ExitCode
    let text: String

    init(_ code: ExitCode, _ text: String) {
        self.code = code
        self.text = text
    }
}
