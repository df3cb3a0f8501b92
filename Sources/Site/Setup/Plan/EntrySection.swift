package import Configuration
import InteractionModel
import Routing

/// One entry: which contacts go to which queue.
package struct EntrySection: ConfigurationSection {
    static let channel = Key(optional: "channel", .name, example: "sms", "Only contacts of this channel.")
    static let account = Key(optional: "account", .name, "Only contacts of this account.")
    static let to = Key(
        optional: "to", .string(bytes: 1...320), example: "+4930900000", "Only contacts that reached this address.")
    static let language = Key(
        optional: "language", .name, example: "de", "Only contacts in this language (BCP 47); de also takes de-AT.")
    static let direction = Key(
        optional: "direction", .one(of: Direction.self), "Only contacts of this direction.")
    static let during = Key(
        optional: "during", .located(.name), staysCommented: true, "Only while this calendar is open.")
    static let queue = Key("queue", .located(.name), "Where they wait.")

    package static let keys: KeyList = [channel, account, to, language, direction, during, queue]

    let during: Located<String>?
    let queue: Located<String>
    private let entry: Entry

    package init(reading section: SectionReader) {
        during = section[Self.during]
        queue = section[Self.queue]
        var entry = Entry(
            channel: section[Self.channel].map { ChannelName($0) },
            account: section[Self.account].map { AccountName($0) },
            destination: section[Self.to], queue: QueueName(queue.value))
        entry.language = section[Self.language]
        entry.direction = section[Self.direction]
        entry.during = during.map { CalendarName($0.value) }
        self.entry = entry
    }

    var plan: Entry { entry }
}
