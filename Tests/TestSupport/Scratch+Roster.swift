extension Scratch {
    /// Writes the roster of one program with that many customers, each to be reached by Socket.IO: its path.
    public func roster(of count: Int) throws -> String {
        let text = """
            programs: [{id: 1, name: Power Saver}]
            customers: [{ids: 1..\(count), name: "Home {id}", program: 1, channels: [websocket]}]

            """
        return try write(text, to: "roster-\(count).yaml")
    }
}
