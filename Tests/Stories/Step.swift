import InteractionModel
import Routing

/// A line of a story's file, counted from 1.
struct NumberedLine: Equatable {
    var number: Int
    var text: String
}

/// One thing that happens in a story.
struct Step {
    enum Deed {
        case plan(String, [NumberedLine])
        case timePasses
        case routerRestarts
        case wallClockMoves(Span)
        /// Each customer begins or continues a contact; the names are those of the contacts, one each, or none.
        case contact(from: [String], ContactWords, names: [String])
        case keyword(from: [String], ContactEvent.Kind)
        case customerLeaves(String, cause: String)
        case agents([AgentName], AgentDeed)
        /// What the provider says of the message to a contact's customer that is on its way, or was the last to be.
        case provider(ProviderWord, of: String)
        case supervisor(SupervisorDeed)
        case vendorReturns(String)
    }

    enum ProviderWord {
        case takes
        case wantsLater(String)
        case refuses(String)
        case delivers
    }

    /// How a contact arrives.
    struct ContactWords {
        var channel = ChannelName("sms")
        var queue: QueueName?
        var skills = SkillSet()
        var headStart: Span?
        var destination = "+4930"
        var language: String?
        var direction = Direction.inbound
        var notAgents: [AgentName] = []
        var preferred: AgentName?
        var preferredFor: Span?
        /// The webhook's own key; one is made up when there is none.
        var key: String?
    }

    enum AgentDeed {
        case signIn
        case connect
        case loseConnection
        case status(AgentStatus)
        case accept(String)
        case reject(String, reason: String?)
        case wrapUp(String)
        case close(String, disposition: String?)
        case requeue(String, to: QueueName?, neverAgain: Bool)
        case reply(String)
        case hold(String)
        case resume(String)
        case transfer(String, AgentCommand.Target, neverAgain: Bool)
        case consult(String, AgentCommand.Target)
        case dismiss(AgentName, from: String)
        case handOver(String, to: AgentName?)
        case conference(String)
        case leave(String)
        case escalate(String)
        /// A survey or a reviewer marked the agent's work.
        case score(Int, on: QueueName)
    }

    enum SupervisorDeed {
        case move(String, to: QueueName)
        case assign(String, to: AgentName)
        case setStatus(AgentName, AgentStatus)
        case takeFromVendor(String)
    }

    /// Nil is when the last step was.
    var at: Timestamp?
    var deed: Deed
}
