import Foundation
import JSON
import Journal
import Support
import Testing

@Suite("A full disk")
struct FullDiskTests {
    /// A file system of 16 MB below `folder`; false where mounting is not allowed.
    private static func mountSmall(at path: String) -> Bool {
        (try? Files.makeFolder(path)) != nil && mount("tmpfs", path, "tmpfs", 0, "size=16m") == 0
    }

    private static var mayMount: Bool {
        guard let path = try? Files.temporaryFolder("mount"), mountSmall(at: path) else { return false }
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
        return true
    }

    /// Takes all the space there is.
    private func fill(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("cannot make \(path)") }
        defer { close(descriptor) }
        let block = [UInt8](repeating: 0, count: 4096)
        while write(descriptor, block, block.count) > 0 {}
    }

    @Test(
        "A full disk is said before anything is accepted, reads go on, and the site goes on by itself",
        .enabled(if: mayMount, "mounting a small file system is not allowed here"))
    func fullDisk() throws {
        let folder = try SiteFolder("disk")
        let data = folder.dataPath
        try #require(Self.mountSmall(at: data))
        defer {
            umount2(data, Int32(MNT_DETACH))
            folder.remove()
        }
        let site = try TestSite(folder: folder)
        var acknowledged: [String] = []
        var refused: [String] = []
        var number = 0

        func send() throws -> Int {
            number += 1
            let request = site.caller.contact(
                key: "full-\(number)", from: "+49\(number)", text: String(repeating: "x", count: 2000))
            let answer = try site.caller.perform(request)
            if answer.status == 202 { acknowledged.append("full-\(number)") } else { refused.append("full-\(number)") }
            if answer.status == 503 { #expect(answer.json?["type"] == "urn:interflow:problem:store-full") }
            return answer.status
        }

        for cycle in 1...3 {
            #expect(try send() == 202)
            let kept = try #require(
                try site.caller.call("GET", "/v1/log?last=1", as: "boss").json?["head"]?.integerValue)
            try fill("\(data)/ballast")
            // What the log has room for is still taken.
            var status = 202
            for _ in 0..<5000 where status == 202 { status = try send() }
            #expect(status == 503, "cycle \(cycle)")
            let text = site.caller.text(sid: TestSite.sid(), from: "+491", text: "Hallo")
            #expect(try site.caller.perform(text).status == 503)

            let ready = try site.caller.call("GET", "/readyz")
            #expect(ready.status == 503)
            let failing = (ready.json?["checks"]?.arrayValue ?? []).filter { $0["ok"] == false }
            #expect(failing.map { $0["name"]?.stringValue } == ["journal-writable"])
            #expect(try site.caller.call("GET", "/livez").status == 200)
            let log = try site.caller.call("GET", "/v1/log?last=1", as: "boss")
            #expect(log.json?["head"]?.integerValue ?? 0 >= kept)

            unlink("\(data)/ballast")
            let isBack = try eventually(within: .seconds(5)) { try send() == 202 }
            #expect(isBack, "cycle \(cycle)")
            #expect(try eventually(within: .seconds(5)) { try site.caller.call("GET", "/readyz").status == 200 })
        }
        #expect(try site.caller.metric("interflow_conservation_error") == 0)
        site.stop(.politely)
        let stored = try folder.entries().compactMap(\.key)
        #expect(acknowledged.filter { !stored.contains("api/shop/\($0)") } == [])
        #expect(refused.filter { stored.contains("api/shop/\($0)") } == [])
        #expect(try folder.journal().verify { _, _ in true }.isWhole)
    }
}
