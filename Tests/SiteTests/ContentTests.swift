import InteractionModel
import Testing

@testable import Site

@Suite struct ContentTests {
    static let content = ContactContent(
        from: "+4915112345678", to: "+4930900000", thread: "t",
        message: MessageContent(
            subject: "Paket", text: "Wo ist mein \"Paket\"? 👋\n",
            media: [MediaReference(url: "https://m/1", contentType: "image/png")]),
        language: "de", occurredAt: Timestamp(milliseconds: 5),
        attributes: [Attribute("city", "Köln"), Attribute("city", "Bonn")])

    @Test(
        "Content read back is the same content",
        arguments: [content, ContactContent(from: "a", to: "b", message: MessageContent(text: ""))])
    func roundTrip(content: ContactContent) {
        #expect(ContactContent(bytes: content.bytes) == content)
    }

    @Test("A reply goes where the message came from")
    func reply() {
        let reply = Self.content.reply(MessageContent(text: "Unterwegs"))
        #expect(reply.to == Self.content.from)
        #expect(reply.from == Self.content.to)
        #expect(reply.thread == "t")
    }

    @Test("A pseudonym is the same for the same address and key, and another for anything else")
    func pseudonyms() {
        let one = PartyPseudonyms(key: [UInt8](repeating: 1, count: 32))
        let other = PartyPseudonyms(key: [UInt8](repeating: 2, count: 32))
        let sms = ChannelName("sms")
        let party = one.party(channel: sms, address: "+491")
        #expect(party == one.party(channel: sms, address: "+491"))
        #expect(party.rawValue.utf8.count == 32)
        #expect(party != one.party(channel: sms, address: "+492"))
        #expect(party != one.party(channel: ChannelName("voice"), address: "+491"))
        #expect(party != other.party(channel: sms, address: "+491"))
    }

    @Test("A token's hash reads back from the form a configuration holds")
    func tokens() {
        let hash = TokenHash(ofToken: "ifl_abc")
        #expect(TokenHash(configured: hash.configured) == hash)
        #expect(TokenHash(configured: "sha256:12") == nil)
        #expect(TokenHash(configured: String(hash.configured.dropFirst(7))) == nil)
        #expect(RandomBytes.token() != RandomBytes.token())
        #expect(RandomBytes.token().utf8.count == 68)
    }
}
