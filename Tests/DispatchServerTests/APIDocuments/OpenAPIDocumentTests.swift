import Base
import NIOCore
import SocketIO
import Testing

@testable import DispatchServer

@Suite struct OpenAPIDocumentTests {
    private let document: JSON

    init() throws {
        document = try JSON(parsing: ByteBuffer(bytes: APIDocuments.openAPI))
    }

    private func operations() -> Set<String> {
        var operations: Set<String> = []
        for path in document["paths"]?.objectValue?.members ?? [] {
            for operation in path.value.objectValue?.members ?? [] {
                operations.insert("\(operation.key.uppercased()) \(path.key)")
            }
        }
        return operations
    }

    @Test func everyRouteIsDescribedAndEverythingDescribedIsARoute() throws {
        let (routes, operations) = (try Routes.all(), operations())
        #expect(routes.subtracting(operations) == [], "routes that the document does not describe")
        #expect(operations.subtracting(routes) == [], "operations for which there is no route")
        #expect(routes.contains("GET /incident/{id}/summary"))
    }

    @Test func everyReferenceLeadsSomewhere() {
        func references(_ value: JSON) -> [String] {
            switch value {
            case .array(let elements): elements.flatMap(references)
            case .object(let object):
                object.members.flatMap { member in
                    if member.key == "$ref", let target = member.value.stringValue { return [target] }
                    return references(member.value)
                }
            default: []
            }
        }
        let found = references(document)
        #expect(found.count > 50)
        for reference in Set(found) {
            let target = reference.split(separator: "/").dropFirst()
                .reduce(document as JSON?) { value, key in value?[String(key)] }
            #expect(target != nil, "\(reference)")
        }
    }

    @Test func operationsHaveDistinctIds() {
        var ids: [String] = []
        for path in document["paths"]?.objectValue?.members ?? [] {
            for operation in path.value.objectValue?.members ?? [] {
                ids.append(operation.value["operationId"]?.stringValue ?? "none for \(path.key)")
            }
        }
        #expect(Set(ids).count == ids.count)
    }
}
