internal import COpenSSL

/// Files compiled into the binary, answered from a fixed table: no path from outside ever reaches a file system.
package struct StaticAssets: Sendable {
    /// One file to serve.
    package struct Asset: Sendable {
        /// The exact request path, with its leading slash.
        package let path: String
        package let bytes: [UInt8]
        package let contentType: String
        /// Whether its content never changes under this path, because the path holds a digest or a version.
        package let isImmutable: Bool

        package init(path: String, bytes: [UInt8], contentType: String, isImmutable: Bool = false) {
            self.path = path
            self.bytes = bytes
            self.contentType = contentType
            self.isImmutable = isImmutable
        }
    }

    private struct Entry {
        let etag: String
        let full: HTTPResponse
        let notModified: HTTPResponse
    }

    private let entries: [String: Entry]

    /// - Parameter headers: fields for every asset; our pages' own unless told otherwise.
    package init(_ assets: [Asset], headers: [HTTPField] = SecurityHeaders.page) {
        var entries: [String: Entry] = [:]
        for asset in assets {
            precondition(entries[asset.path] == nil, "Two assets claim the path \(asset.path).")
            entries[asset.path] = Self.entry(asset, headers)
        }
        self.entries = entries
    }

    private static func entry(_ asset: Asset, _ headers: [HTTPField]) -> Entry {
        let etag = Self.etag(asset.bytes)
        // An asset that may change is asked for each time; the answer is then mostly a 304.
        let caching = asset.isImmutable ? "public, max-age=31536000, immutable" : "no-cache"
        let shared = [HTTPField("ETag", etag), HTTPField("Cache-Control", caching)] + headers
        return Entry(
            etag: etag,
            full: HTTPResponse(
                status: 200, headers: [HTTPField("Content-Type", asset.contentType)] + shared, body: asset.bytes),
            notModified: HTTPResponse(status: 304, headers: shared))
    }

    /// A strong entity tag: the first 128 bits of the content's SHA-256 (RFC 9110 §8.8.3).
    static func etag(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256(bytes, bytes.count, &digest)
        let digits = Array("0123456789abcdef".utf8)
        let text = digest[..<16].flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "\"\(String(decoding: text, as: UTF8.self))\""
    }

    /// The answer to a request for an asset: 200, 304 or 405; nil when the path is not one of these.
    package func response(to request: HTTPRequest) -> HTTPResponse? {
        guard let entry = entries[request.path] else { return nil }
        guard request.method == .get || request.method == .head else {
            return .methodNotAllowed(allow: [.get, .head])
        }
        let isKnown = request.head.values(of: "if-none-match").contains { Self.names($0, entry.etag) }
        return isKnown ? entry.notModified : entry.full
    }

    /// Whether an If-None-Match value names the tag; weakness does not matter there (RFC 9110 §13.1.2).
    private static func names(_ value: String, _ etag: String) -> Bool {
        for part in value.utf8.split(separator: Byte.comma) {
            var name = part.drop { isBlank($0) }
            while let last = name.last, isBlank(last) { name = name.dropLast() }
            if name.starts(with: "W/".utf8) { name = name.dropFirst(2) }
            if name.elementsEqual("*".utf8) || name.elementsEqual(etag.utf8) { return true }
        }
        return false
    }
}
