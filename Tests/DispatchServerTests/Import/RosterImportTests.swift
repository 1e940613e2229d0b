import Base
import DemandResponse
import Testing

@testable import DispatchServer

@Suite struct RosterImportTests {
    private func customers(_ text: String) -> RosterImport<Customer> {
        RosterImport(
            customers: ImportFile(Array(text.utf8), columns: RosterImport<Customer>.columns),
            programs: [1, 2]
        )
    }

    private func problems(_ body: () throws -> Void) -> [String] {
        do {
            try body()
            return []
        } catch let error as APIError {
            return error.details.map { "\($0.line ?? 0) \($0.field)" }
        } catch {
            return ["\(error)"]
        }
    }

    private static let keroche = Customer(
        id: 1,
        name: "Keroche Wine",
        address: "Highway 71",
        phone: "+16175550101",
        email: "a@b.example",
        program: 2,
        methods: [.text, .email]
    )

    @Test(arguments: [
        #"""
        {"_id":1,"name":"Keroche Wine","address":"Highway 71","phone":"+16175550101","email":"a@b.example","programId":2,"dispatchTypes":[2,1]}
        """#,
        #"""
        {"_id":{"$numberInt":"1"},"name":"Keroche Wine","address":"Highway 71","phone":"+16175550101","email":"a@b.example","programId":{"$numberInt":"2"},"dispatchTypes":[{"$numberInt":"2"},{"$numberInt":"1"}]}
        """#,
        "_id,name,address,phone,email,programId,dispatchTypes\n1,Keroche Wine,Highway 71,+16175550101,a@b.example,2,\"[2,1]\"",
        "email,programId,dispatchTypes,_id,name,address,phone\na@b.example,2,2;1,1,Keroche Wine,Highway 71,+16175550101",
    ])
    func aCustomerIsTheSameFromEachForm(text: String) throws {
        let read = customers(text)
        #expect(try read.checked() == [Self.keroche])
        #expect(read.warnings.isEmpty)
    }

    @Test func whatMayBeAbsentIs() throws {
        let read = customers(#"{"_id":1,"name":"a","programId":1,"phone":16175550101,"address":null}"#)
        #expect(
            try read.checked() == [Customer(id: 1, name: "a", phone: "16175550101", program: 1, methods: [])]
        )
    }

    @Test(arguments: [
        #"{"_id":1,"name":"a","programId":1,"group":"zone-2"}"#,
        "_id,name,programId,dispatchTypes,group\n1,a,1,,zone-2",
    ])
    func aGroupIsRead(text: String) throws {
        #expect(
            try customers(text).checked() == [Customer(id: 1, name: "a", program: 1, group: "zone-2", methods: [])]
        )
    }

    @Test func aGroupThatNoLabelCouldNameIsAProblem() throws {
        let found = problems {
            _ = try customers(#"{"_id":1,"name":"a","programId":1,"group":"north, south"}"#).checked()
        }
        #expect(found == ["1 group"])
        #expect(try customers(#"{"_id":1,"name":"a","programId":1,"group":""}"#).checked().first?.group == nil)
    }

    @Test func everyProblemOfEveryLineIsNamedInOrder() {
        let text = """
            {"_id":"x","name":"","programId":9}
            {"_id":1,"name":"a","programId":1}
            {"name":"b","programId":1,"dispatchTypes":["email"]}
            {"_id":1,"name":"c","programId":1,"email":[]}
            {"_id":1,"name":"d","programId":1}
            """
        let found = problems { _ = try customers(text).checked() }
        #expect(found == ["1 _id", "1 name", "1 programId", "3 _id", "3 dispatchTypes", "4 email", "5 _id"])
    }

    @Test func unknownDispatchTypesAndFieldsAreLeftOutWithAWarning() throws {
        let read = customers(
            #"[{"_id":1,"name":"a","programId":1,"dispatchTypes":[3,9],"color":"red"},"# + "\n"
                + #"{"_id":2,"name":"b","programId":1,"color":"blue"}]"#
        )
        #expect(try read.checked().map(\.methods) == [[.websocket], []])
        #expect(read.warnings.map(\.field) == ["color", "dispatchTypes"])
    }

    @Test func aFloodOfProblemsIsCountedAndNotAllTold() {
        let text = String(repeating: "{}\n", count: 2_000)
        let found = problems { _ = try customers(text).checked() }
        #expect(found.count == RosterImport<Customer>.mostProblems + 1)
        #expect(found.last == "0 body")
    }

    @Test func aProgramKeepsWhatTheFirstVersionDidNotHave() throws {
        let text = """
            [{"_id":7,"name":"Nights","timeZone":"America/Chicago","acknowledgeWithinSeconds":90.5,"message":"Hello {customer}"},
             {"_id":8,"name":"Days"}]
            """
        let read = RosterImport(programs: ImportFile(Array(text.utf8), columns: RosterImport<Program>.columns))
        let nights = Program(
            id: 7,
            name: "Nights",
            timeZone: "America/Chicago",
            acknowledgeWithin: .milliseconds(90_500),
            messageTemplate: "Hello {customer}"
        )
        #expect(try read.checked() == [nights, Program(id: 8, name: "Days")])
    }

    @Test func aProgramsZoneAndDeadlineMustMakeSense() {
        let text = """
            {"_id":1,"name":"a","timeZone":"Mars/Olympus"}
            {"_id":2,"name":"b","acknowledgeWithinSeconds":0}
            {"_id":3,"name":"c","acknowledgeWithinSeconds":"soon"}
            """
        let found = problems {
            _ = try RosterImport(programs: ImportFile(Array(text.utf8), columns: RosterImport<Program>.columns))
                .checked()
        }
        #expect(found == ["1 timeZone", "2 acknowledgeWithinSeconds", "3 acknowledgeWithinSeconds"])
    }

    private func programs(_ text: String) -> RosterImport<Program> {
        RosterImport(programs: ImportFile(Array(text.utf8), columns: RosterImport<Program>.columns))
    }

    @Test(arguments: [
        #"{"_id":7,"name":"a","retryTimes":5,"retryFirstSeconds":30,"retryAtMostSeconds":600}"#,
        "_id,name,retryTimes,retryFirstSeconds,retryAtMostSeconds\n7,a,5,30,600",
    ])
    func howAProgramTriesAgainIsRead(text: String) throws {
        let retries = Retries(times: 5, first: .seconds(30), atMost: .minutes(10))
        #expect(try programs(text).checked().map(\.retries) == [retries])
        #expect(try programs(#"{"_id":7,"name":"a","retryTimes":null}"#).checked().map(\.retries) == [nil])
    }

    @Test func pausesThatCannotBeAreProblems() {
        let text = """
            {"_id":1,"name":"a","retryTimes":-1}
            {"_id":2,"name":"b","retryFirstSeconds":0.5}
            {"_id":3,"name":"c","retryFirstSeconds":60,"retryAtMostSeconds":30}
            """
        let found = problems { _ = try programs(text).checked() }
        #expect(found == ["1 retryTimes", "2 retryFirstSeconds", "3 retryFirstSeconds"])
    }

    @Test func `a field that stands in a document twice is a problem`() {
        let found = problems { _ = try programs(#"{"_id":1,"name":"a","name":"b"}"#).checked() }
        #expect(found == ["1 name"])
    }

    @Test(arguments: [
        (#"{"_id":1,"name":"a\u0000","programId":1}"#, "name"), (#"{"_id":-3,"name":"a","programId":1}"#, "_id"),
        (#"{"_id":1000000000000000,"name":"a","programId":1}"#, "_id"),
        (#"{"_id":1,"name":"a","programId":1,"dispatchTypes":[1,1,3]}"#, "dispatchTypes"),
        (#"{"_id":1,"name":"a","programId":1,"email":"a@b.example\nBcc: c@d.example"}"#, "email"),
        ("_id,name,programId,dispatchTypes,phone\n1,a,1,[3],1.61756E+10", "phone"),
    ])
    func whatAScenarioCannotSayIsRefused(text: String, field: String) {
        #expect(problems { _ = try customers(text).checked() }.map { $0.suffix(field.count + 1) } == [" \(field)"])
    }

    @Test func aGapThatNothingFillsIsRefused() {
        let text = #"{"_id":1,"name":"P","message":"Cut {kw} kW"}"#
        #expect(problems { _ = try programs(text).checked() } == ["1 message"])
    }

    /// As mongoexport, mongosh and spreadsheets write them.
    @Test(arguments: [
        #"{"_id":1.0,"name":"a","programId":1.0,"phone":1.6175550101E+10,"dispatchTypes":[3.0]}"#,
        #"{"_id":{"$numberDouble":"1.0"},"name":"a","programId":1,"phone":{"$numberLong":"16175550101"},"dispatchTypes":[3]}"#,
        "_id,name,programId,phone,dispatchTypes\n1.0,a,1E0,1.6175550101E+10,[3.0]",
    ])
    func wholeNumbersWrittenAsDoublesAreWhole(text: String) throws {
        #expect(
            try customers(text).checked()
                == [Customer(id: 1, name: "a", phone: "16175550101", program: 1, methods: [.websocket])]
        )
    }

    @Test(arguments: [
        ("AST", "America/Halifax"), ("BST", "Europe/London"), ("IST", "Asia/Kolkata"), ("PST", "America/Los_Angeles"),
        ("GMT-7", "-07:00"), ("UTC+2", "+02:00"), ("GMT+0530", "+05:30"), ("EST", "America/New_York"), ("Factory", nil),
        ("pacific", nil), ("los_angeles", "America/Los_Angeles"), ("America/Los_angeles", "America/Los_Angeles"),
        ("UTC\\u0000", nil), ("SystemV/PST8PDT", nil), ("Japan", "Asia/Tokyo"),
    ])
    func `a zone that is no name of the IANA database is refused, with what is meant`(zone: String, meant: String?) {
        let message = #"{"_id":1,"name":"a","timeZone":"\#(zone)"}"#
        do {
            _ = try programs(message).checked()
            Issue.record("\(zone) was taken")
        } catch {
            #expect(error.details.map(\.field) == ["timeZone"])
            if let meant { #expect(error.details.first?.message.hasSuffix("did you mean \(meant)?") ?? false) }
        }
    }

    @Test(arguments: [
        "America/Los_Angeles", "Asia/Kolkata", "Europe/Kyiv", "US/Pacific", "UTC", "-07:00", "+05:45", "Etc/GMT+7",
    ])
    func `a zone of the IANA database, or an offset, is taken`(zone: String) throws {
        #expect(try programs(#"{"_id":1,"name":"a","timeZone":"\#(zone)"}"#).checked().first?.timeZone == zone)
    }
}
