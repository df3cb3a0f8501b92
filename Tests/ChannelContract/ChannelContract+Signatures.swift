import ChannelKit
import HTTP

extension ChannelContract {
    func previousKeyCounts() throws -> [String] {
        try kept.compactMap { fixture in
            let outcome = try Bench(driver).deliver(driver.sign(fixture.request, with: .previous))
            let current = try Bench(driver).deliver(driver.sign(fixture.request, with: .current))
            return outcome?.isAcknowledged == true && outcome == current
                ? nil : "\(fixture): \(String(describing: outcome))"
        }
    }

    func forgeriesGetNowhere() throws -> [String] {
        try kept.flatMap { fixture in
            try forgeries(of: fixture.request).compactMap { forgery, request, reason in
                guard let outcome = try Bench(driver).deliver(request) else { return nil }
                let isTurnedAway = outcome.answers == [WebhookAnswer.unauthenticated] && outcome.isNothingKept
                return isTurnedAway && outcome.rejections == [reason] ? nil : "\(fixture), \(forgery): \(outcome.json)"
            }
        }
    }

    private typealias Forgery = (name: String, request: RecordedRequest, counted: Rejection)

    private func forgeries(of request: RecordedRequest) -> [Forgery] {
        let stranger: Forgery = ("by a stranger", driver.sign(request, with: .stranger), .signatureWrong)
        let mutilated = driver.signatureHeaders.flatMap { name -> [Forgery] in
            let value = request.header(name) ?? ""
            return [
                ("without \(name)", request.setting(name, nil), .signatureMissing),
                ("empty \(name)", request.setting(name, ""), .signatureWrong),
                ("\(name) cut short", request.setting(name, String(value.dropLast())), .signatureWrong),
                ("\(name) doubled", request.setting(name, value + value), .signatureWrong),
                ("\(name) with one letter more", request.setting(name, value + "="), .signatureWrong),
            ]
        }
        return [stranger] + mutilated
    }

    func staleRequestsGetNowhere() throws -> [String] {
        try driver.stale.compactMap { request in
            guard let outcome = try Bench(driver).deliver(request) else { return "a stale request is no request" }
            let isTurnedAway = outcome.answers == [WebhookAnswer.unauthenticated] && outcome.isNothingKept
            return isTurnedAway && outcome.rejections == [.timestampOutsideWindow] ? nil : "\(request.headers)"
        }
    }

    /// Every bit of the body, of each signature header's value and, where it is signed, of the URL.
    func flippedBitsGetNowhere() throws -> [String] {
        let bench = try Bench(driver)
        var violations: [String] = []
        for fixture in flipped {
            guard let request = fixture.request.request, let webhook = bench.webhook(for: request),
                let original = bench.deliver(fixture.request)
            else { return ["\(fixture): no webhook takes the request"] }
            for changed in flips(of: fixture.request) {
                // A path with a flipped bit reaches no adapter; it is tried all the same, for a proxy may rewrite paths.
                guard let request = changed.request else { continue }
                let outcome = bench.deliver(request, on: webhook)
                let isRefused = outcome.isNothingKept && !outcome.isAcknowledged && outcome.answers.count == 1
                let isSame =
                    driver.meansTheSame(fixture.request, changed)
                    && outcome.events == original.events && outcome.reports == original.reports
                if !isRefused && !isSame { violations.append("\(fixture): taken as genuine: \(changed)") }
            }
        }
        return violations
    }

    private func flips(of request: RecordedRequest) -> [RecordedRequest] {
        var changed = flips(of: request.body).map { body in
            var copy = request
            copy.body = body
            return copy
        }
        for name in driver.signatureHeaders {
            changed += flips(of: request.header(name) ?? "").map { request.setting(name, $0) }
        }
        guard driver.signsTarget else { return changed }
        return changed
            + flips(of: request.target).map { target in
                var copy = request
                copy.target = target
                return copy
            }
    }

    private func flips(of bytes: [UInt8]) -> [[UInt8]] {
        bytes.indices.flatMap { place in
            (0..<8).map { bit in
                var copy = bytes
                copy[place] ^= 1 << bit
                return copy
            }
        }
    }

    /// Those that are still text; a server refuses the others.
    private func flips(of text: String) -> [String] {
        flips(of: Array(text.utf8)).compactMap { String(validating: $0, as: UTF8.self) }
    }
}
