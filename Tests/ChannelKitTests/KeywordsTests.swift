import ChannelKit
import Testing

struct KeywordsTests {
    @Test(
        "A text that is nothing but a keyword is one, whatever its case and surroundings",
        arguments: [
            ("STOP", Keywords.Meaning.stop, "STOP"), ("stop", .stop, "STOP"), ("  Stop.  ", .stop, "STOP"),
            ("\"stop!!!\"", .stop, "STOP"), ("Stop 🛑", .stop, "STOP"), ("\n\tSTOP\r\n", .stop, "STOP"),
            ("STOP\u{A0}", .stop, "STOP"), ("StopAll", .stop, "STOPALL"), ("stop   all", .stop, "STOP ALL"),
            ("unsubscribe", .stop, "UNSUBSCRIBE"), ("cancel", .stop, "CANCEL"), ("END", .stop, "END"),
            ("quit", .stop, "QUIT"), ("Revoke", .stop, "REVOKE"), ("OptOut", .stop, "OPTOUT"),
            ("opt out", .stop, "OPT OUT"), ("opt-out", .stop, "OPT-OUT"), ("Start", .start, "START"),
            ("UNSTOP", .start, "UNSTOP"), ("help?", .help, "HELP"), ("(info)", .help, "INFO"),
        ])
    func recognised(text: String, meaning: Keywords.Meaning, word: String) {
        #expect(Keywords.builtIn.match(text) == Keywords.Match(meaning, word: word))
    }

    @Test(
        "An ordinary message is no keyword",
        arguments: [
            "", " ", "?!", "please stop", "stop it", "I want to cancel my order", "the end", "stopp", "nonstop", "YES",
            "yes", "st op", "S.T.O.P", "stop\u{200B}it", "help me", "ＳＴＯＰ and more",
            String(repeating: "stop ", count: 60),
            "STOP" + String(repeating: " ", count: 200),
        ])
    func ordinary(text: String) {
        #expect(Keywords.builtIn.match(text) == nil)
    }

    @Test(
        "A stop word inside a short message is pointed out, an everyday word is not",
        arguments: [
            ("Please stop", "STOP"), ("I want to unsubscribe, now!", "UNSUBSCRIBE"), ("Stop.Now", "STOP"),
            ("cancel my order in the end", nil), ("stopped", nil), ("", nil),
            ("stop " + String(repeating: "x", count: 200), nil),
        ] as [(String, String?)])
    func mentions(text: String, word: String?) {
        #expect(Keywords.builtIn.mention(in: text) == word)
    }

    @Test("An account adds words of any language, but takes none away")
    func extraWords() {
        let words = Keywords.builtIn.adding(
            Keywords(
                stop: ["Stopp", "abmelden", "отписаться", "arrêter"], start: ["yes", "STOP"], help: ["hilfe", ""]))
        let texts = ["stopp", "ABMELDEN!", "Отписаться", "ARRE\u{302}TER", "Yes.", "stop", "Hilfe", "", "quit"]
        let meanings: [Keywords.Meaning?] = [.stop, .stop, .stop, .stop, .start, .stop, .help, nil, .stop]
        #expect(texts.map { words.match($0)?.meaning } == meanings)
    }
}
