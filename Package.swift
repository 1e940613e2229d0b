// swift-tools-version: 6.2
import PackageDescription

/// One policy for every target of ours.
let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),  // SE-0480
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
]

let nio: (String) -> Target.Dependency = { .product(name: $0, package: "swift-nio") }

let package = Package(
    name: "griddrill",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "griddrill", targets: ["griddrill"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-algorithms.git", from: "1.2.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-collections.git", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.36.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        // Time, ids and texts that every other module uses.
        .target(
            name: "Base",
            dependencies: [
                .product(name: "Algorithms", package: "swift-algorithms"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings
        ),
        // The rules: no network, no SQL, no clock.
        .target(
            name: "DemandResponse",
            dependencies: [
                "Base",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
            ],
            swiftSettings: settings
        ),
        // Engine.IO 4 and Socket.IO 5, both ends.
        .target(
            name: "SocketIO",
            dependencies: ["Base", nio("NIOCore"), nio("NIOConcurrencyHelpers"), nio("NIOHTTP1"), nio("NIOWebSocket")],
            swiftSettings: settings
        ),
        // An entry of the journal, its one typed reading, its encoding.
        .target(name: "Journal", dependencies: ["Base", "DemandResponse"], swiftSettings: settings),
        // The vocabulary of what is counted and measured.
        .target(name: "Measures", dependencies: ["Base", "DemandResponse"], swiftSettings: settings),
        // The only module that imports GRDB.
        .target(
            name: "DispatchStore",
            dependencies: [
                "Base", "DemandResponse", "Journal", "Measures",
                .product(name: "Algorithms", package: "swift-algorithms"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: settings
        ),
        // What was decided and how it differs, in words: for ledgers, replays and comparisons.
        .target(
            name: "Analysis",
            dependencies: ["Base", "DemandResponse", "DispatchStore", "Journal"],
            swiftSettings: settings
        ),
        .target(
            name: "DispatchServer",
            dependencies: [
                "Base", "DemandResponse", "DispatchStore", "Journal", "Measures", "SocketIO",
                nio("NIOCore"), nio("NIOPosix"), nio("NIOHTTP1"), nio("NIOWebSocket"), nio("NIOConcurrencyHelpers"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [
                .embedInCode("Console/Page"), .embedInCode("APIDocuments/openapi.json"),
                .embedInCode("APIDocuments/asyncapi.json"),
            ],
            swiftSettings: settings
        ),
        // The only module that imports Yams.
        .target(
            name: "Scenarios",
            dependencies: [
                "Base", "DemandResponse", "Measures",
                .product(name: "Algorithms", package: "swift-algorithms"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [.embedInCode("NewScenario/new.yaml")],
            swiftSettings: settings
        ),
        // Mail as a way out: messages, the client of SMTP, the relay.
        .target(
            name: "Mail",
            dependencies: [
                "Base", "DemandResponse", "DispatchServer", "Scenarios",
                nio("NIOCore"), nio("NIOPosix"), nio("NIOConcurrencyHelpers"), nio("NIOTLS"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Simulation",
            dependencies: [
                "Analysis", "Base", "DemandResponse", "DispatchServer", "DispatchStore", "Journal", "Measures",
                "Scenarios",
                "SocketIO",
                nio("NIOCore"), nio("NIOPosix"), nio("NIOEmbedded"), nio("NIOHTTP1"), nio("NIOWebSocket"),
                nio("NIOConcurrencyHelpers"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        // Reads records, nothing else.
        .target(
            name: "Reports",
            dependencies: [
                "Analysis", "Base", "DemandResponse", "DispatchStore", "Journal", "Measures",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [.embedInCode("HTML/Templates"), .embedInCode("Documents/Schemas")],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "griddrill",
            dependencies: [
                "Analysis", "Base", "DemandResponse", "DispatchServer", "DispatchStore", "Journal", "Mail",
                "Reports",
                "Scenarios",
                "Simulation",
                "SocketIO",
                nio("NIOCore"), nio("NIOPosix"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Base", "DemandResponse", "DispatchServer", "DispatchStore", "Journal", "Simulation", "SocketIO",
                "TestSupport",
                nio("NIOCore"), nio("NIOEmbedded"), nio("NIOHTTP1"), nio("NIOPosix"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ],
            path: "Tests/Benchmarks",
            exclude: ["Peers"],
            swiftSettings: settings
        ),
        .target(
            name: "TestSupport",
            dependencies: [
                "Analysis", "Base", "DemandResponse", "DispatchStore", "Scenarios", "Simulation", "SocketIO",
                nio("NIOCore"),
                nio("NIOHTTP1"), nio("NIOPosix"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "Tests/TestSupport",
            swiftSettings: settings
        ),
        .testTarget(
            name: "BaseTests",
            dependencies: ["Base", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "DemandResponseTests",
            dependencies: ["Base", "DemandResponse", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SocketIOTests",
            dependencies: [
                "TestSupport", "Base", "SocketIO", nio("NIOConcurrencyHelpers"), nio("NIOCore"), nio("NIOEmbedded"),
                nio("NIOHTTP1"),
                nio("NIOPosix"), nio("NIOWebSocket"),
            ],
            swiftSettings: settings
        ),
        // A server for the protocols' own test suites.
        .executableTarget(
            name: "socketio-echo",
            dependencies: [
                "SocketIO", nio("NIOCore"), nio("NIOPosix"), nio("NIOHTTP1"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "Tests/SocketIOEcho",
            swiftSettings: settings
        ),
        .testTarget(name: "JournalTests", dependencies: ["Journal"], swiftSettings: settings),
        .testTarget(
            name: "DispatchStoreTests",
            dependencies: [
                "TestSupport", "Base", "DemandResponse", "DispatchStore", "Journal", "Measures",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ScenariosTests",
            dependencies: ["TestSupport", "Base", "DemandResponse", "Measures", "Scenarios"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "TestSupport", "Analysis", "Base", "DemandResponse", "DispatchServer", "DispatchStore", "Journal",
                "Measures",
                "Scenarios", "Simulation",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Replay/Golden"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ReportsTests",
            dependencies: [
                "TestSupport", "Analysis", "Base", "DemandResponse", "DispatchStore", "Journal", "Measures", "Reports",
                "Scenarios",
                "Simulation",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AnalysisTests",
            dependencies: ["TestSupport", "Analysis", "Base", "DemandResponse", "DispatchStore", "Journal"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "MailTests",
            dependencies: ["TestSupport", "Base", "DemandResponse", "Mail", "Scenarios"],
            swiftSettings: settings
        ),
        // A server of ours in the tests' own process.
        .testTarget(
            name: "DispatchServerTests",
            dependencies: [
                "TestSupport", "Base", "DemandResponse", "DispatchServer", "DispatchStore", "Journal", "Simulation",
                "SocketIO",
                nio("NIOConcurrencyHelpers"), nio("NIOCore"), nio("NIOHTTP1"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings
        ),
        // The built command as a process; the dependency on it has it built.
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "TestSupport", "Base", "griddrill", "SocketIO",
                nio("NIOCore"), nio("NIOPosix"), nio("NIOHTTP1"), nio("NIOConcurrencyHelpers"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Mail/sink.py"],
            swiftSettings: settings
        ),
    ]
)
