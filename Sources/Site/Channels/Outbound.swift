import ChannelKit
import InteractionModel
import Journal
import Routing

/// Hands messages to the channels when the core says so, and brings back what became of them. Belongs to the loop's
/// thread; the answers come from the channels' own.
final class Outbound {
    private let reader: any JournalReader
    private let inbox: Inbox
    private let senders: [ChannelAccount: any SendsMessages]
    private let diary: Diary

    struct ChannelAccount: Hashable {
        var channel: ChannelName
        var account: AccountName
    }

    init(reader: any JournalReader, inbox: Inbox, adapters: [any ChannelAdapter], diary: Diary) {
        self.reader = reader
        self.inbox = inbox
        self.diary = diary
        var senders: [ChannelAccount: any SendsMessages] = [:]
        for case let sender as any SendsMessages in adapters {
            senders[ChannelAccount(channel: sender.channel, account: sender.account)] = sender
        }
        self.senders = senders
    }

    /// Starts one attempt. A message that can never be sent is reported as failed, so that its agent hears of it.
    func send(_ message: OutboundRecord, attempt: Int, contents: [Int64: [UInt8]]) {
        let account = ChannelAccount(channel: message.channel, account: message.account)
        guard let sender = senders[account] else {
            return report(
                message.id, attempt, .never(reason: "no channel \(message.channel)/\(message.account) can send"))
        }
        guard let content = content(of: message.id.number, contents) else {
            return report(message.id, attempt, .never(reason: "its text has been erased"))
        }
        let outbound = OutboundMessage(
            id: message.id, to: content.to, from: content.from, thread: content.thread, content: content.message)
        sender.send(outbound) { [inbox, diary] result in
            if case .failure(let failure) = result, failure.needsOperator {
                diary.alarm("\(account.channel)/\(account.account): \(failure.text) (\(failure.cause))")
            }
            let ended = Input.Event.sendEnded(message.id, attempt: attempt, SendOutcome(result))
            inbox.insist(Job(.event(ended)))
        }
    }

    private func content(of sequence: Int64, _ contents: [Int64: [UInt8]]) -> ContactContent? {
        guard let bytes = contents[sequence] ?? (try? reader.content(of: sequence)) else { return nil }
        return ContactContent(bytes: bytes)
    }

    private func report(_ message: MessageID, _ attempt: Int, _ outcome: SendOutcome) {
        inbox.insist(Job(.event(.sendEnded(message, attempt: attempt, outcome))))
    }
}

extension SendOutcome {
    init(_ result: Result<SentReceipt, DeliveryFailure>) {
        switch result {
        case .success(let receipt): self = .sent(providerID: receipt.providerReference ?? "")
        case .failure(let failure) where failure.suppressesRecipient: self = .optedOut(reason: failure.text)
        case .failure(let failure):
            switch failure.verdict {
            case .again(let pause): self = .again(after: pause, reason: failure.text)
            case .never: self = .never(reason: failure.text)
            }
        }
    }
}
