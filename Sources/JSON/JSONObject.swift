/// The members of an object in the order they were written, each name once.
///
/// Names are compared byte by byte. Two objects are equal when they have the same members in any order (RFC 8259 §4).
package struct JSONObject: Sendable {
    package struct Member: Sendable, Equatable {
        package let name: String
        package var value: JSONValue

        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var members: [Member] = []
    /// Where each name is, once there are more than `searchedMax`.
    private var places: [[UInt8]: Int] = [:]
    private static let searchedMax = 16

    package init() {}

    /// For those who made sure that no name comes twice.
    init(distinct members: [Member]) {
        self.members = members
        if members.count > JSONObject.searchedMax { indexAll() }
    }

    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }
    /// The names in order.
    package var names: [String] { members.map(\.name) }

    /// The member of that name. A new name goes to the end; nil removes the member.
    package subscript(name: String) -> JSONValue? {
        get { place(of: name).map { members[$0].value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): members[place].value = value
            case (nil, let value?): append(Member(name: name, value: value))
            case (let place?, nil): remove(at: place)
            case (nil, nil): break
            }
        }
    }

    private mutating func append(_ member: Member) {
        members.append(member)
        if !places.isEmpty {
            places[Array(member.name.utf8)] = members.count - 1
        } else if members.count > JSONObject.searchedMax {
            indexAll()
        }
    }

    private mutating func remove(at place: Int) {
        members.remove(at: place)
        places = [:]
        if members.count > JSONObject.searchedMax { indexAll() }
    }

    private mutating func indexAll() {
        places = Dictionary(uniqueKeysWithValues: members.enumerated().map { (Array($1.name.utf8), $0) })
    }

    private func place(of name: String) -> Int? {
        guard places.isEmpty else { return places[Array(name.utf8)] }
        return members.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
    }
}

extension JSONObject: Equatable {
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        return left.members.allSatisfy { right[$0.name] == $0.value }
    }
}
