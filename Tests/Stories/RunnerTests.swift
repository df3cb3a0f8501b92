import InteractionModel
import Testing

/// That the runner itself notices, and says where.
@Suite struct RunnerTests {
    static let story = """
        A call is offered to who is free.

        plan one:
          queue support
          agent ana takes voice:1

        at 0:00 ana signs in
        at 0:10 c1 calls → #1

        """

    static func told(_ text: String, file: String = "x.story") -> Result<String, StoryError> {
        Result { () throws(StoryError) in try Story(file: file, text: text).told() }
    }

    @Test("What the core recorded stands below its step, and telling it again changes nothing")
    func told() throws {
        let told = try Self.told(Self.story).get()
        #expect(
            told == """
                A call is offered to who is free.

                plan one:
                  queue support
                  agent ana takes voice:1
                  | 0:00 plan.activated plan one

                at 0:00 ana signs in
                  | 0:00 agent.connected ana session 1
                  | 0:00 agent.status ana available
                at 0:10 c1 calls → #1
                  | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 1)
                  | 0:10 #1 offer.made ana until +0:20
                  |      why search agent, load 0, idle 0:10, waited 0, dropped none

                """)
        #expect(try Self.told(told).get() == told)
    }

    @Test("A line that differs is shown as diff -u does")
    func difference() throws {
        let told = try Self.told(Self.story).get()
        let other = told.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.contains("offer.made") ? "  | 0:10 #1 offer.made ben until +0:20" : String($0)
        }.joined(separator: "\n")
        #expect(
            UnifiedDiff.text(from: other, to: told, context: 1) == """
                @@ -12,3 +12,3 @@
                   | 0:10 #1 contact.received voice c1 queue support until +7d agents (later-in-order 1)
                -  | 0:10 #1 offer.made ben until +0:20
                +  | 0:10 #1 offer.made ana until +0:20
                   |      why search agent, load 0, idle 0:10, waited 0, dropped none
                """)
        #expect(UnifiedDiff.text(from: told, to: told).isEmpty)
    }

    @Test(
        "A mistake is reported with its file, its line and what to write instead",
        arguments: [
            ("at 0:20 ana dances", 9, "nobody does anything"),
            ("at 0:20 ana accepts #2", 9, "there is no contact #2"),
            ("at 0:20 c2 calls", 9, "end the line with a name: → #1"),
            ("at 0:20 c2 calls → #1", 9, "#1 is another contact's name already"),
            ("at 0:20 c1 calls → #2", 9, "this is no new contact, but #1"),
            ("at 0:05 c2 calls → #2", 9, "time does not run backwards"),
            ("at 20 c2 calls → #2", 9, "\"20\" is no time"),
            ("at 0:20 ana accepts #1 gladly", 9, "\"gladly\" is not understood here"),
            ("\n  queue sales", 10, "an indented line belongs to a plan"),
            ("at 0:20 plan two:\n  queue support ofer 20s", 10, "\"ofer\" is not understood as a queue's rule"),
            ("at 0:20 plan two:\n  queue support\n  timers reconnect 20", 11, "\"20\" is no length of time"),
            ("at 0:20 plan two:\n  agent ana takes sms:1", 9, "plan two has no queue"),
        ])
    func mistakes(step: String, line: Int, reason: String) {
        guard case .failure(let error) = Self.told(Self.story + step) else {
            Issue.record("nothing was wrong with \(step)")
            return
        }
        #expect(error.file == "x.story")
        #expect(error.line == line)
        #expect(error.reason.contains(reason), "\(error)")
    }

    @Test("A story named after a complaint says which it is", arguments: [("06-x.story", true), ("x.story", false)])
    func complaint(file: String, fails: Bool) {
        if case .failure(let error) = Self.told(Self.story, file: file) {
            #expect(fails)
            #expect(error.reason.contains("Keeps out row 6, "))
        } else {
            #expect(!fails)
        }
    }

    @Test(
        "A length of time reads as people write it",
        arguments: [
            (0, "0:00"), (20_000, "0:20"), (3_600_000, "1:00:00"), (604_800_000, "7d"), (93_605_000, "1d+2:00:05"),
            (-1500, "-0:01.500"),
        ] as [(Int64, String)])
    func spans(milliseconds: Int64, text: String) {
        #expect(TimeText.text(Span(milliseconds: milliseconds)) == text)
    }

    @Test("A story that goes by the wall reads and writes dates, also where the clocks are changed")
    func wallClock() throws {
        let story = """
            A call is offered to who is free.
            Begins Sat 2026-03-28 23:59 in Europe/Berlin.

            plan one:
              queue support
              agent ana takes voice:1

            at Sun 2026-03-29 01:59:50 ana signs in
            at 2026-03-29 03:00 c1 calls → #1
            time passes to Sun 2026-03-29 12:00

            """
        let told = try Self.told(story).get().split(separator: "\n").filter { $0.contains("|") }
        #expect(
            told == [
                "  | Sat 2026-03-28 23:59 plan.activated plan one",
                "  | Sun 2026-03-29 01:59:50 agent.connected ana session 1",
                "  | Sun 2026-03-29 01:59:50 agent.status ana available",
                "  | Sun 2026-03-29 03:00 #1 contact.received voice c1 queue support until Sun 2026-04-05 03:00 agents "
                    + "(later-in-order 1)",
                "  | Sun 2026-03-29 03:00 #1 offer.made ana until +0:20",
                "  |                      why search agent, load 0, idle 0:10, waited 0, dropped none",
                "  | Sun 2026-03-29 03:00:20 #1 offer.ended offer ana@Sun-2026-03-29-03:00 timed-out",
                "  | Sun 2026-03-29 03:00:20 agent.status ana not-ready reason no-answer",
            ])
        guard case .failure(let error) = Self.told(story + "at Mon 2026-03-29 04:00 c2 calls → #2") else {
            Issue.record("a wrong weekday was not noticed")
            return
        }
        #expect(error.reason == "2026-03-29 is a Sun")
    }
}
