/// The rules every adapter keeps. Each is tried alone, on a fresh adapter.
package enum ContractRule: String, CaseIterable, Sendable, CustomStringConvertible {
    case everyFixtureComesTrue = "every fixture gives exactly the outcome that stands beside it"
    case acknowledgementFollowsCommit = "nothing is acknowledged before it is kept"
    case previousKeyCounts = "a signature by the previous key is as good as one by the current key"
    case forgeriesGetNowhere = "an unsigned or wrongly signed request gets 401, one text for all, and is counted"
    case flippedBitsGetNowhere = "no request with one bit changed is taken for a genuine one"
    case staleRequestsGetNowhere = "a genuine request that is too old or too new gets nowhere"
    case repetitionsAreOne = "a hundred repetitions get the same answer and have one key"
    case crowdsAreAnswered = "fifty repetitions at once get one answer each"
    case orderDoesNotMatter = "requests in any order, and commits in any order, give the same events and answers"
    case floodsAreSentAway = "a site that is full answers 503 with Retry-After, and takes the same request later"
    case badInputNamesItsField = "a signed request that makes no sense gets 400 or 403 and names the field"
    case nonsenseIsAnswered = "whatever is signed gets one answer, and what makes no sense is never taken for an event"
    case stopIsSilence = "nothing is called after stop"
    case sendingReportsSuccess = "a message the provider takes is sent, once, and the same again when it is sent again"
    case providerDownMeansAgain = "a provider that is down means again, with its own pause, and says what is unknown"

    package var description: String { rawValue }
}
