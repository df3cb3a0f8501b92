import Federation
import InteractionModel
import Routing

/// Facts between sites in words.
enum NetworkWords {
    static func words(_ fact: Fact) -> (String, String, [String])? {
        switch fact {
        case .custody(let move): words(move)
        case .custodyMoved(let contact, let site, let epoch):
            ("elsewhere", "\(contact) is at site \(site) now", ["epoch \(epoch)"])
        case .custodyForgotten(let contact): ("forgotten", "custody of \(contact)", [])
        case .relayed(let relayed):
            ("message", "the customer wrote again, by site \(relayed.from)", ["message \(relayed.number) there"])
        case .customerLeft(let cause): ("left", "the customer: \(cause); the other site will hear", [])
        case .relayDelivered(let told): ("relayed", "\(told.number) to site \(told.to): \(told.outcome)", [])
        case .siteDraining(let isDraining, let by):
            ("drain", "\(isDraining ? "contacts go to other sites" : "contacts stay here again"), by \(by)", [])
        case .lifeBegan(let number, let isRestored):
            (
                "life", isRestored ? "restored from a backup: its contacts wait until every peer has told" : "",
                ["incarnation \(number)"]
            )
        case .fenced(let site, let number):
            ("fenced", "site \(site) was restored from a backup", ["incarnation \(number)"])
        case .restorationBegan(let number):
            ("restoring", "every peer has told; contacts are decided", ["restoration \(number)"])
        case .restorationEnded: ("restored", "every contact of the backup is decided", [])
        case .restored(let restored): words(restored)
        default: nil
        }
    }

    private static func words(_ restored: RestoredCustody) -> (String, String, [String]) {
        let name = "\(restored.contact)"
        return switch restored.change {
        case .suspected: ("suspect", "from a backup; frozen until every peer has told", [name])
        case .resumed(let epoch): ("here again", "nobody else has it", ["\(name), epoch \(epoch)"])
        case .yielded(let epoch, let site): ("away", "site \(site) has it", ["\(name), epoch \(epoch)"])
        case .gaveBack(let epoch, let site, _):
            ("given back", "to site \(site), whose offer was not answered", ["\(name), epoch \(epoch)"])
        case .kept: ("as before", "the backup is right", [name])
        }
    }

    private static func words(_ move: CustodyMove) -> (String, String, [String]) {
        switch move.change {
        case .offered(let epoch, let peer):
            (
                "handing over",
                "to site \(peer)" + (move.cause.map { ": \(phrase($0))" } ?? "") + "; frozen until it answers",
                ["\(move.contact), epoch \(epoch)"]
            )
        case .took(let epoch, let peer, _):
            (
                "came back",
                "from site \(peer)" + (move.cause.map { ": \(phrase($0))" } ?? "") + "; waits at its old place",
                ["\(move.contact), epoch \(epoch)"]
            )
        case .refused(let epoch, let peer, _, let reason):
            ("refused", "\(move.contact) of site \(peer): \(reason)", ["epoch \(epoch)"])
        case .gone(let epoch, let peer, _): ("away", "site \(peer) took it", ["\(move.contact), epoch \(epoch)"])
        case .regained(let epoch, let peer, let reason):
            (
                "not taken", "by site \(peer): \(reason); waits at its old place", ["\(move.contact), epoch \(epoch)"]
            )
        case .closed: ("closed", "\(move.contact)", [])
        case .forced(let epoch, let by, let peer):
            (
                "forced", "taken back by \(by), who has asked at site \(peer); waits at its old place",
                ["\(move.contact), epoch \(epoch)"]
            )
        }
    }

    static func words(_ transfer: TakenTransfer) -> String {
        if transfer.fate != nil {
            return "; made again after a restore, as site \(transfer.from) tells of \(transfer.contact)"
        }
        return taken(transfer)
    }

    private static func taken(_ transfer: TakenTransfer) -> String {
        "; from site \(transfer.from) as \(transfer.contact): \(phrase(transfer.cause)); waited \(FactWords.length(transfer.waited)) there"
    }

    private static func phrase(_ cause: Transfer.Cause) -> String {
        switch cause {
        case .interflow: "it waited long enough"
        case .pull: "somebody is free there"
        case .drain: "this site is being emptied"
        case .person: "somebody sent it"
        }
    }
}
