import Foundation
import InteractionModel
import JSON
import Journal
import Support
import Testing

@Suite("The wall clock")
struct ClockTests {
    /// What moves the wall clock of a site, by seconds written in a file, and leaves the monotonic one alone.
    ///
    /// Ten lines of our own, because Debian's libfaketime sets a variable before the program starts; that moves the
    /// environment away from the arguments, and Swift's runtime then finds none.
    private struct Wall {
        let file: String
        let library: String

        init(in folder: String) throws {
            file = "\(folder)/wall"
            library = "\(folder)/wall.so"
            try Files.write(
                """
                #define _GNU_SOURCE
                #include <fcntl.h>
                #include <stdlib.h>
                #include <sys/syscall.h>
                #include <time.h>
                #include <unistd.h>
                int clock_gettime(clockid_t clock, struct timespec *now) {
                    if (syscall(SYS_clock_gettime, clock, now)) return -1;
                    if (clock != CLOCK_REALTIME) return 0;
                    char text[32] = {0};
                    int file = open(getenv("WALL"), O_RDONLY | O_CLOEXEC);
                    if (file >= 0 && read(file, text, sizeof text - 1) > 0) now->tv_sec += atol(text);
                    if (file >= 0) close(file);
                    return 0;
                }
                """, to: "\(folder)/wall.c")
            try step(by: 0)
            let compiler = try ChildProcess(
                ["clang", "-shared", "-fPIC", "-o", library, "\(folder)/wall.c"], output: "\(folder)/compiler")
            guard compiler.wait(.seconds(30)) == .exited(0) else {
                throw Failure("the clock's shim cannot be built: \(try Files.read("\(folder)/compiler"))")
            }
        }

        var environment: [String: String] { ["LD_PRELOAD": library, "WALL": file] }

        func step(by seconds: Int) throws {
            try Files.write("\(seconds)\n", to: file + ".new")
            guard rename(file + ".new", file) == 0 else { throw Failure("cannot step the clock") }
        }
    }

    @Test(
        "A step of the wall clock neither fires nor loses a timer",
        arguments: [10 * 86_400, -10 * 86_400, 3600, -3600, 2])
    func steps(_ seconds: Int) throws {
        var options = SiteFolder.Options()
        options.offerTimeout = "3s"
        let folder = try SiteFolder("clock", options: options)
        let wall = try Wall(in: folder.path)
        let site = try TestSite(folder: folder, environment: wall.environment)
        let desk = try site.desk("ana")
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try site.caller.perform(site.caller.contact(key: "one", from: "+491", text: "")).status == 202)
        let offer = try #require(desk.event("offer"))
        try wall.step(by: seconds)
        let end = try #require(desk.event("offer-timed-out"))
        let waited = clock.now - start
        #expect(waited > .milliseconds(2900) && waited < .seconds(8), "\(waited)")
        #expect(end["offer"] == offer["offer"])
        // The step is a fact, and time in the journal never runs backwards.
        let entries = try folder.entries()
        #expect(entries.contains { $0.type == "site.clock" })
        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.at <= $1.at })
        // A process that starts under a clock set back goes on where the journal ends.
        try wall.step(by: -20 * 86_400)
        try site.restart(.byKilling)
        #expect(try site.caller.perform(site.caller.contact(key: "two", from: "+492", text: "")).status == 202)
        let all = try folder.entries()
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.at <= $1.at })
    }
}
