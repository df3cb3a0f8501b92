import CCurl
import Glibc

/// One transfer as libcurl does it: its handle, and what the callbacks gather. Lives on the client's thread only.
final class ClientExchange {
    let job: ClientJob
    let handle: UnsafeMutableRawPointer
    private let policy: AddressPolicy
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var head = ClientResponseHead()
    private var body: [UInt8] = []
    /// Why one of our own callbacks ended the transfer; libcurl's code then says only that one did.
    private var abortReason: ClientFailure.Reason?
    private var isPaused = false
    /// When the far end was last heard of, or the transfer began.
    private var heardAt = ClientClock.milliseconds()
    private var socketsRefused = 0
    private var socketsOpened = 0

    /// Nil when libcurl refuses (memory): nothing was begun.
    init?(_ job: ClientJob, configuration: ClientConfiguration) {
        guard let handle = curl_easy_init() else {
            errorText.deallocate()
            return nil
        }
        self.job = job
        self.handle = handle
        self.policy = configuration.addressPolicy
        errorText.pointee = 0
        guard ClientCurl.secure(handle, url: job.request.url, configuration: configuration), configure() else {
            return nil
        }
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    // MARK: Before

    private func configure() -> Bool {
        let request = job.request
        var options = ClientCurl.Options(handle)
        setMethod(&options)
        request.trust.set(&options)
        request.certificate?.set(&options)
        for line in request.headerLines {
            guard let longer = curl_slist_append(headerList, line) else { return false }
            headerList = longer
        }
        options.check(interflow_curl_set_headers(handle, headerList))
        if let due = job.due { options.set(CURLOPT_TIMEOUT_MS, Int(max(1, due - ClientClock.milliseconds()))) }
        options.set(CURLOPT_CONNECTTIMEOUT_MS, Int(request.connectDeadline))
        options.check(interflow_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText))
        setCallbacks(&options)
        return options.areSet
    }

    private func setMethod(_ options: inout ClientCurl.Options) {
        switch job.request.method {
        case "GET": options.set(CURLOPT_HTTPGET, 1)
        case "HEAD": options.set(CURLOPT_NOBODY, 1)
        default:
            if let body = job.request.body {
                options.check(interflow_curl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
                // libcurl takes a copy here, so the array need not stay in place.
                body.withUnsafeBytes { bytes in
                    var empty: CChar = 0
                    let start = bytes.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
                    withUnsafeMutablePointer(to: &empty) {
                        options.check(interflow_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, start ?? .init($0)))
                    }
                }
            }
            options.set(CURLOPT_CUSTOMREQUEST, job.request.method)
        }
    }

    private func setCallbacks(_ options: inout ClientCurl.Options) {
        // Unretained: the engine holds the exchange until it has removed the handle, and no callback comes after that.
        let context = Unmanaged.passUnretained(self).toOpaque()
        options.check(interflow_curl_set_pointer(handle, CURLOPT_PRIVATE, context))
        options.check(
            interflow_curl_on_header(
                handle, { bytes, size, count, context in ClientExchange.from(context).tookHeader(bytes, size * count) },
                context))
        options.check(
            interflow_curl_on_body(
                handle, { bytes, size, count, context in ClientExchange.from(context).tookBody(bytes, size * count) },
                context))
        options.check(
            interflow_curl_on_open_socket(
                handle,
                { context, _, address in
                    guard let address else { return CURL_SOCKET_BAD }
                    return ClientExchange.from(context).open(address)
                }, context))
        options.check(
            interflow_curl_before_request(
                handle, { context, _, _, _, _ in ClientExchange.from(context).allowsRequest() }, context))
    }

    /// The exchange a callback belongs to.
    static func from(_ context: UnsafeMutableRawPointer?) -> ClientExchange {
        guard let context else { preconditionFailure("libcurl called back without the context it was given") }
        return Unmanaged<ClientExchange>.fromOpaque(context).takeUnretainedValue()
    }

    // MARK: During

    private func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        guard let socket = ClientCurl.openSocket(address, policy: policy) else {
            socketsRefused += 1
            return CURL_SOCKET_BAD
        }
        socketsOpened += 1
        return socket
    }

    /// Asked before each try. libcurl repeats a request when a kept-alive connection dies before the first byte of the
    /// answer, a POST too (`Curl_retry_request`): the far end may by then have acted on it.
    private func allowsRequest() -> Int32 {
        sentBytes > 0 && !job.request.isIdempotent ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK
    }

    private var sentBytes: Int {
        var count = 0
        _ = interflow_curl_get_long(handle, CURLINFO_REQUEST_SIZE, &count)
        return count
    }

    private func tookHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard let bytes else { return count }
        heardAt = ClientClock.milliseconds()
        let line = UnsafeRawBufferPointer(start: bytes, count: count)
        guard head.bytesSeen + count <= job.request.responseHeadersMax else { return abort(.responseTooLarge) }
        head.take(line)
        return count
    }

    private func tookBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard let bytes, count > 0 else { return count }
        head.isComplete = true
        heardAt = ClientClock.milliseconds()
        let chunk = UnsafeRawBufferPointer(start: bytes, count: count)
        if let onBytes = job.onBytes, (200...299).contains(head.status) {
            // libcurl keeps this chunk and brings it again after `resume`.
            guard !isPaused else { return Int(CURL_WRITEFUNC_PAUSE) }
            isPaused = onBytes(Array(chunk)) == .pause
        } else {
            guard body.count + count <= job.request.responseBodyMax else { return abort(.responseTooLarge) }
            body.append(contentsOf: chunk)
        }
        return count
    }

    private func abort(_ reason: ClientFailure.Reason) -> Int {
        abortReason = reason
        return 0  // Fewer bytes than offered: libcurl ends the transfer and closes its connection.
    }

    /// When the far end has been silent for too long, unless it is we who hold it back.
    ///
    /// Not libcurl's CURLOPT_LOW_SPEED_TIME: that averages over some seconds, so a heartbeat of three bytes counts as
    /// silence there.
    var silenceDue: Int64? {
        isPaused ? nil : job.request.silenceMax.map { heardAt + $0 }
    }

    func resume() {
        isPaused = false
        heardAt = ClientClock.milliseconds()
        curl_easy_pause(handle, CURLPAUSE_CONT)
    }

    // MARK: After

    func result(_ code: CURLcode) -> Result<ClientResponse, ClientFailure> {
        if code == CURLE_OK, head.status >= 200, head.hasEnded {
            return .success(ClientResponse(status: head.status, headers: head.fields, body: body))
        }
        let words = errorText.pointee == 0 ? String(cString: curl_easy_strerror(code)) : String(cString: errorText)
        return .failure(failure(abortReason ?? reason(code), words))
    }

    private func reason(_ code: CURLcode) -> ClientFailure.Reason {
        if code == CURLE_OK { return head.status >= 200 ? .cut : .malformedResponse }
        // What libcurl 7.88 says to a header line beyond its own 100 KiB.
        if code == CURLE_OUT_OF_MEMORY, sentBytes > 0, !head.isComplete { return .responseTooLarge }
        // Where one of the host's addresses was permitted, the failure is about that one.
        if socketsRefused > 0, socketsOpened == 0 { return .addressForbidden }
        return ClientCurl.reason(code)
    }

    func failure(_ reason: ClientFailure.Reason, _ words: String) -> ClientFailure {
        ClientFailure(
            reason, sentBytes == 0 ? .notSent : .unknown, status: head.status >= 200 ? head.status : nil,
            cause: "\(job.request.url.origin): \(words)")
    }
}
