import Federation
import InteractionModel
import JSON
import Routing

/// What sites say to each other of places for calls, as JSON: `POST /federation/v1/reserve`.
///
/// `{"from","keep":[{client,key,…}],"release":[{client,key}]}` is answered `{"from","places":[…]}`: one place for each kept, in order.
enum PlaceMessages {
    /// In one request; more wait for the next.
    static let batchMax = 50

    struct Ask: Sendable {
        var keeping: RouteKeeping
        /// What the switch said of the call: a JSON object, opaque on the way.
        var content: [UInt8]
    }

    // MARK: The question

    static func question(from site: SiteName, keep: [Ask], release: [RouteKey]) -> [UInt8] {
        var writer = JSONWriter(reservingCapacity: 128 + 512 * keep.count)
        writer.beginObject()
        writer.field("from", site.rawValue)
        writer.key("keep")
        writer.beginArray()
        for ask in keep { write(ask, to: &writer) }
        writer.endArray()
        writer.key("release")
        writer.beginArray()
        for key in release {
            writer.beginObject()
            writer.field("client", key.client)
            writer.field("key", key.key)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ ask: Ask, to writer: inout JSONWriter) {
        let question = ask.keeping.question
        writer.beginObject()
        writer.field("client", question.client)
        writer.field("key", question.key)
        writer.field("externalId", question.externalID)
        writer.field("channel", question.channel.rawValue)
        writer.field("destination", question.destination)
        writer.field("language", question.language)
        writer.field("queue", ask.keeping.queue.rawValue)
        writer.field("contextToken", ask.keeping.contextToken)
        writer.field("reserveFor", ask.keeping.reserveFor.milliseconds)
        writer.key("content")
        writer.raw(ask.content)
        writer.endObject()
    }

    /// Nil when it is not what a site would write. A peer's clients are its own: the names begin with `peer:` and its name.
    static func readQuestion(_ body: [UInt8], from peer: SiteName) -> (keep: [Ask], release: [RouteKey])? {
        guard let object = (try? JSONValue.parse(body))?.objectValue else { return nil }
        let keep = (object["keep"]?.arrayValue ?? []).map { readAsk($0, peer) }
        let release = (object["release"]?.arrayValue ?? []).compactMap { routeKey($0, peer) }
        guard keep.count <= batchMax, release.count <= batchMax, !keep.contains(where: { $0 == nil }) else {
            return nil
        }
        return (keep.compactMap { $0 }, release)
    }

    private static func routeKey(_ value: JSONValue, _ peer: SiteName) -> RouteKey? {
        guard let client = value["client"]?.stringValue, client.utf8.count <= 64,
            let key = value["key"]?.stringValue, (1...RouteQuestion.keyBytesMax).contains(key.utf8.count)
        else { return nil }
        return RouteKey(client: "peer:\(peer)/\(client)", key: key)
    }

    private static func readAsk(_ value: JSONValue, _ peer: SiteName) -> Ask? {
        guard let key = routeKey(value, peer), let channel = value["channel"]?.stringValue,
            ChannelName.isValid(channel),
            let destination = value["destination"]?.stringValue, destination.utf8.count <= 320,
            let queue = value["queue"]?.stringValue, QueueName.isValid(queue),
            let token = value["contextToken"]?.stringValue, token.hasPrefix("\(peer)."), token.utf8.count <= 200,
            let span = value["reserveFor"]?.integerValue, (1...RouteRow.lifeMax.milliseconds).contains(span)
        else { return nil }
        let externalID = value["externalId"]?.stringValue
        guard (externalID?.utf8.count ?? 0) <= 128 else { return nil }
        let question = RouteQuestion(
            client: key.client, key: key.key, externalID: externalID, channel: ChannelName(channel),
            destination: destination, language: value["language"]?.stringValue, nonce: "")
        var writer = JSONWriter()
        writer.value(value["content"] ?? .object(JSONObject()))
        return Ask(
            keeping: RouteKeeping(
                question: question, queue: QueueName(queue), contextToken: token,
                reserveFor: Span(milliseconds: span)), content: writer.bytes)
    }

    // MARK: The answer

    static func answer(from site: SiteName, _ places: [PlaceAnswer]) -> [UInt8] {
        var writer = JSONWriter(reservingCapacity: 64 + 128 * places.count)
        writer.beginObject()
        writer.field("from", site.rawValue)
        writer.key("places")
        writer.beginArray()
        for place in places {
            writer.beginObject()
            switch place {
            case .kept(let kept):
                writer.field("reservation", kept.keeper.reservation)
                writer.field("uri", kept.uri)
                writer.field("label", kept.label)
                writer.field("number", kept.number)
            case .refused(let why): writer.field("refused", why)
            case .noAnswer(let why): writer.field("later", why)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// Nil when it is not what a site would write, or not as many places as were asked for.
    static func readAnswer(_ body: [UInt8], from peer: SiteName, count: Int) -> [PlaceAnswer]? {
        guard let places = (try? JSONValue.parse(body))?["places"]?.arrayValue, places.count == count else {
            return nil
        }
        return places.map { place in
            if let reservation = place["reservation"]?.integerValue {
                return .kept(
                    RouteKept(
                        keeper: .init(site: peer, reservation: reservation), uri: place["uri"]?.stringValue,
                        label: place["label"]?.stringValue, number: place["number"]?.stringValue))
            }
            if let why = place["refused"]?.stringValue { return .refused(String(why.prefix(64))) }
            return .noAnswer(place["later"]?.stringValue.map { String($0.prefix(64)) } ?? "no decision")
        }
    }
}
