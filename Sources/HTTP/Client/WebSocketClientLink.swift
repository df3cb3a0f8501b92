import CCurl
import Glibc

/// The transport of one WebSocket connection: TCP and TLS by libcurl (`CURLOPT_CONNECT_ONLY`), bytes by
/// `curl_easy_send` and `curl_easy_recv`. Lives on the connection's thread only.
final class WebSocketClientLink {
    /// What one read brought; no bytes and not ended: nothing there now.
    struct Piece {
        var bytes: [UInt8]
        var hasEnded: Bool
    }

    private let url: ClientURL
    private let multi: UnsafeMutableRawPointer
    private let handle: UnsafeMutableRawPointer
    private let policy: AddressPolicy
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var socket: curl_socket_t = CURL_SOCKET_BAD
    private var socketsRefused = 0
    private var socketsOpened = 0
    private var output: [UInt8] = []
    private var hasWritten = false

    var unsent: Int { output.count }

    init?(url: ClientURL, multi: UnsafeMutableRawPointer, configuration: ClientConfiguration) {
        guard let handle = curl_easy_init() else {
            errorText.deallocate()
            return nil
        }
        self.url = url
        self.multi = multi
        self.handle = handle
        policy = configuration.addressPolicy
        errorText.pointee = 0
        guard ClientCurl.secure(handle, url: url, configuration: configuration), configure(),
            curl_multi_add_handle(multi, handle) == CURLM_OK
        else { return nil }
    }

    deinit {
        curl_easy_cleanup(handle)
        errorText.deallocate()
    }

    private func configure() -> Bool {
        var options = ClientCurl.Options(handle)
        options.set(CURLOPT_CONNECT_ONLY, 1)
        options.check(interflow_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText))
        options.check(
            interflow_curl_on_open_socket(
                handle,
                { context, _, address in
                    guard let context, let address else { return CURL_SOCKET_BAD }
                    return Unmanaged<WebSocketClientLink>.fromOpaque(context).takeUnretainedValue().open(address)
                }, Unmanaged.passUnretained(self).toOpaque()))
        return options.areSet
    }

    private func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        guard let socket = ClientCurl.openSocket(address, policy: policy) else {
            socketsRefused += 1
            return CURL_SOCKET_BAD
        }
        socketsOpened += 1
        return socket
    }

    /// Closes the connection; nothing else may be called after it.
    func disconnect() {
        curl_multi_remove_handle(multi, handle)
    }

    /// Goes on connecting; true when TCP and TLS stand.
    func isConnected() throws(WebSocketClientEnd) -> Bool {
        var running: Int32 = 0
        curl_multi_perform(multi, &running)
        var left: Int32 = 0
        guard let message = curl_multi_info_read(multi, &left), message.pointee.msg == CURLMSG_DONE else {
            return false
        }
        let code = message.pointee.data.result
        guard code == CURLE_OK, interflow_curl_get_socket(handle, &socket) == CURLE_OK, socket != CURL_SOCKET_BAD else {
            let isForbidden = socketsRefused > 0 && socketsOpened == 0
            throw failure(isForbidden ? .addressForbidden : ClientCurl.reason(code), code)
        }
        return true
    }

    func write(_ bytes: [UInt8]) { output += bytes }

    /// Sends as much as the socket takes now.
    func flush() throws(WebSocketClientEnd) {
        var sent = 0
        defer { output.removeFirst(sent) }
        while sent < output.count {
            var count = 0
            let code = output.withUnsafeBytes {
                curl_easy_send(handle, $0.baseAddress.map { $0 + sent }, $0.count - sent, &count)
            }
            if code == CURLE_AGAIN { return }
            guard code == CURLE_OK else { throw failure(.cut, code) }
            hasWritten = true
            sent += count
        }
    }

    func read() throws(WebSocketClientEnd) -> Piece {
        var code = CURLE_OK
        let bytes = [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, count in
            code = curl_easy_recv(handle, buffer.baseAddress, buffer.count, &count)
            if code != CURLE_OK { count = 0 }
        }
        switch code {
        case CURLE_OK: return Piece(bytes: bytes, hasEnded: bytes.isEmpty)
        case CURLE_AGAIN: return Piece(bytes: [], hasEnded: false)
        default: throw failure(.cut, code)
        }
    }

    func dropOutput() { output = [] }

    /// Waits for the socket, a wish of another thread, or `due`.
    func rest(until due: Int64, reads: Bool = true) {
        let time = Int32(min(60_000, max(0, due - ClientClock.milliseconds())))
        guard socket != CURL_SOCKET_BAD else {
            curl_multi_poll(multi, nil, 0, time, nil)
            return
        }
        let events = (reads ? CURL_WAIT_POLLIN : 0) | (output.isEmpty ? 0 : CURL_WAIT_POLLOUT)
        var place = curl_waitfd(fd: socket, events: Int16(events), revents: 0)
        curl_multi_poll(multi, &place, 1, time, nil)
    }

    private func failure(_ reason: ClientFailure.Reason, _ code: CURLcode) -> WebSocketClientEnd {
        let words = errorText.pointee == 0 ? String(cString: curl_easy_strerror(code)) : String(cString: errorText)
        let delivery: ClientFailure.Delivery = hasWritten ? .unknown : .notSent
        return WebSocketClientEnd(event: .failed(ClientFailure(reason, delivery, cause: "\(url.origin): \(words)")))
    }
}
