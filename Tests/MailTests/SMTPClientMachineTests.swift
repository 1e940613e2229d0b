import Base
import Testing

@testable import Mail

@Suite("A conversation with a mail server, before the first message")
struct SMTPClientMachineTests {
    @Test("without TLS is greeted, says EHLO and is ready")
    func plain() {
        var table = SMTPTable()
        #expect(table.connected() == ["wait 300"])
        #expect(table.hears("220 relay ESMTP") == ["write EHLO [127.0.0.1]|", "wait 300"])
        #expect(table.hears("250-relay", "250 SIZE 1000") == ["wait 20", "ready"])
        #expect(table.timedOut() == ["write QUIT|", "wait 10"])
        #expect(table.hears("221 bye") == ["wait no more", "close"])
    }

    @Test("with STARTTLS says EHLO again after the handshake, and counts on nothing that was offered before")
    func startTLS() {
        var table = SMTPTable(.startTLS, password: "open sesame")
        _ = table.connected()
        _ = table.hears("220 relay")
        #expect(table.hears("250-relay", "250-AUTH PLAIN", "250 STARTTLS") == ["write STARTTLS|", "wait 300"])
        #expect(table.hears("220 go ahead") == ["handshake", "wait 60"])
        #expect(table.secured() == ["write EHLO [127.0.0.1]|", "wait 300"])
        #expect(
            table.hears("250 relay") == [
                "wait no more",
                "unusable: relay does not offer AUTH: take user and password out of the carriers' file", "close",
            ]
        )
    }

    @Test("that offers no STARTTLS ends, and nothing more is sent")
    func stripped() {
        var table = SMTPTable(.startTLS, password: "open sesame")
        _ = table.connected()
        _ = table.hears("220 relay")
        #expect(
            table.hears("250-relay", "250 AUTH PLAIN") == [
                "wait no more", "unusable: relay does not offer STARTTLS: nothing is sent to it in the clear", "close",
            ]
        )
    }

    @Test("takes nothing that came in the clear for what came after the handshake")
    func injection() {
        var table = SMTPTable(.startTLS)
        _ = table.connected()
        _ = table.hears("220 relay")
        _ = table.hears("250 STARTTLS")
        _ = table.hears("250-relay", "250 STARTTLS")
        table = SMTPTable(.startTLS)
        _ = table.connected()
        _ = table.hears("220 relay")
        _ = table.hears("250-relay", "250 STARTTLS")
        #expect(
            table.hears("220 go ahead", "250 relay") == [
                "wait no more",
                "unusable: relay sent more than its answer to STARTTLS: somebody may stand in between", "close",
            ]
        )
    }

    @Test("logs in by PLAIN, and by LOGIN where there is no PLAIN; the dialogue shows stars")
    func authentication() {
        var table = SMTPTable(.implicit, password: "open sesame")
        _ = table.connected()
        _ = table.hears("220 relay")
        let actions = table.machine.received("250-relay\r\n250 AUTH LOGIN PLAIN\r\n".utf8)
        let line = Array("AUTH PLAIN AGRlc2sAb3BlbiBzZXNhbWU=\r\n".utf8)
        #expect(actions == [.write(line, shown: ["AUTH PLAIN ***"]), .wait(.minutes(5))])
        #expect(table.hears("235 welcome") == ["wait 20", "ready"])

        table = SMTPTable(.implicit, password: "open sesame")
        _ = table.connected()
        _ = table.hears("220 relay")
        #expect(table.hears("250 relay") != [])
        table = SMTPTable(.implicit, password: "open sesame")
        _ = table.connected()
        _ = table.hears("220 relay")
        #expect(table.hears("250-relay", "250 AUTH=LOGIN") == ["write AUTH LOGIN|", "wait 300"])
        #expect(table.hears("334 VXNlcm5hbWU6") == ["write ZGVzaw==|", "wait 300"])
        let password = table.machine.received("334 UGFzc3dvcmQ6\r\n".utf8)
        #expect(password.first == .write(Array("b3BlbiBzZXNhbWU=\r\n".utf8), shown: ["***"]))
        #expect(
            table.hears("535 5.7.8 no") == [
                "wait no more", "unusable: relay refused the user or the password: 535 5.7.8 no", "close",
            ]
        )
    }

    @Test("sends no password without TLS")
    func clear() {
        var table = SMTPTable(.none, password: "open sesame")
        _ = table.connected()
        _ = table.hears("220 relay")
        #expect(table.hears("250-relay", "250 AUTH PLAIN").contains("unusable: no password is sent in the clear"))
    }

    @Test(
        "ends with a server that speaks something else, too much, or nothing",
        arguments: ["HTTP/1.1 400 Bad Request", "22", "220", "999 what", "220-a\r\n250 b"]
    )
    func noServer(_ line: String) {
        var table = SMTPTable()
        _ = table.connected()
        let actions = table.hears(line)
        if line == "220" {
            #expect(actions == ["write EHLO [127.0.0.1]|", "wait 300"])
        } else {
            #expect(actions.last == "close" && actions.contains { $0.hasPrefix("unusable: relay sent what is no") })
        }
    }

    @Test("has a bound on a line and on the lines of a reply")
    func bounds() {
        var table = SMTPTable()
        _ = table.connected()
        #expect(table.machine.received(String(repeating: "2", count: 5_000).utf8).last == .close)
        table = SMTPTable()
        _ = table.connected()
        #expect(table.machine.received(String(repeating: "220-x\r\n", count: 200).utf8).last == .close)
    }

    @Test("that never answers is of no use after its time")
    func silence() {
        var table = SMTPTable(timeouts: .standard.atMost(.seconds(2)))
        #expect(table.connected() == ["wait 2"])
        #expect(table.timedOut() == ["wait no more", "unusable: relay did not answer in time", "close"])
        #expect(table.hears("220 too late") == [])
    }
}

@Suite("A message on its way through a connection")
struct SMTPTransactionTests {
    @Test("goes in one group where the server takes groups, with what it offers")
    func pipelined() throws {
        var table = SMTPTable.ready(offering: "PIPELINING", "SIZE 9999", "DSN", "8BITMIME")
        #expect(
            try table.gives() == [
                "write MAIL FROM:<desk@grid.example> SIZE=7 RET=HDRS ENVID=1-0d|"
                    + "RCPT TO:<site@mill.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;site@mill.example|DATA|",
                "wait 300",
            ]
        )
        #expect(table.hears("250 ok", "250 ok") == ["wait 300", "wait 120"])
        #expect(table.hears("354 go") == ["write Hello|.|", "wait 600"])
        #expect(table.hears("250 queued as 7") == ["wait 20", "finished accepted(\"250 queued as 7\")"])
    }

    @Test("goes line by line where it does not, and another one after it on the same connection")
    func oneByOne() throws {
        var table = SMTPTable.ready()
        for _ in 1...2 {
            #expect(try table.gives() == ["write MAIL FROM:<desk@grid.example>|", "wait 300"])
            #expect(table.hears("250 ok") == ["write RCPT TO:<site@mill.example>|", "wait 300"])
            #expect(table.hears("251 forwards") == ["write DATA|", "wait 120"])
            #expect(table.hears("354 go") == ["write Hello|.|", "wait 600"])
            #expect(table.hears("250 ok") == ["wait 20", "finished accepted(\"250 ok\")"])
        }
    }

    @Test("is refused for now by 4yz and for good by 5yz, whatever the step; the next one begins with RSET")
    func refused() throws {
        var table = SMTPTable.ready(offering: "PIPELINING")
        _ = try table.gives()
        _ = table.hears("250 ok", "451 4.7.1 greylisted")
        #expect(
            table.hears("503 no recipient") == [
                "wait 20", "finished refusedForNow(\"relay said 451 4.7.1 greylisted\")",
            ]
        )
        #expect(try table.gives().first?.hasPrefix("write RSET|MAIL FROM") ?? false)
        _ = table.hears("250 ok", "550 5.1.1 who?", "250 ok")
        #expect(table.hears("554 no") == ["wait 20", "finished refusedForGood(\"relay said 550 5.1.1 who?\")"])
        table = SMTPTable.ready()
        _ = try table.gives()
        #expect(table.hears("552 too big") == ["wait 20", "finished refusedForGood(\"relay said 552 too big\")"])
    }

    @Test("of which the recipient was refused is never sent, even to a server that waits for it")
    func emptyMessage() throws {
        var table = SMTPTable.ready(offering: "PIPELINING")
        _ = try table.gives()
        _ = table.hears("250 ok", "550 who?")
        #expect(table.hears("354 go") == ["write .|", "wait 600"])
        #expect(table.hears("250 ok") == ["wait 20", "finished refusedForGood(\"relay said 550 who?\")"])
    }

    @Test("is not taken by a 250 that comes where 354 should")
    func confused() throws {
        var table = SMTPTable.ready(offering: "PIPELINING")
        _ = try table.gives()
        #expect(table.hears("250 a", "250 b", "250 c").last == "finished refusedForNow(\"relay said 250 c\")")
    }

    @Test("lost before its end has been sent has failed for now; after that, nobody knows")
    func lost() throws {
        var table = SMTPTable.ready()
        _ = try table.gives()
        #expect(table.closed() == ["wait no more", "finished notBegun(\"relay broke off\")", "close"])
        table = SMTPTable.ready()
        _ = try table.gives()
        _ = table.hears("250 ok")
        #expect(table.closed() == ["wait no more", "finished refusedForNow(\"relay broke off\")", "close"])
        for isSilent in [false, true] {
            table = SMTPTable.ready(offering: "PIPELINING")
            _ = try table.gives()
            _ = table.hears("250 ok", "250 ok", "354 go")
            let reason = isSilent ? "relay did not answer in time" : "relay broke off"
            let actions = isSilent ? table.timedOut() : table.closed()
            #expect(actions == ["wait no more", "finished unknown(\"\(reason)\")", "close"])
        }
    }

    @Test("in the middle of which the server shuts down has failed for now, and is not unknown")
    func shutDown() throws {
        var table = SMTPTable.ready(offering: "PIPELINING")
        _ = try table.gives()
        _ = table.hears("250 ok", "250 ok", "354 go")
        #expect(
            table.hears("421 4.3.2 shutting down") == [
                "wait no more", "finished refusedForNow(\"relay said 421 4.3.2 shutting down\")", "close",
            ]
        )
        table = SMTPTable.ready(offering: "PIPELINING")
        _ = try table.gives()
        #expect(table.hears("421 bye")[1] == "finished notBegun(\"relay said 421 bye\")")
    }

    @Test("cannot end before its end: a dot more stands before each line that begins with one")
    func transparency() throws {
        var table = SMTPTable.ready()
        _ = try table.gives(content: ".\r\n..a\r\nb.\r\n")
        _ = table.hears("250 ok")
        _ = table.hears("250 ok")
        #expect(table.hears("354 go").first == "write ..|...a|b.|.|")
    }

    @Test("to an address beyond ASCII needs SMTPUTF8, and one that is too big is not begun")
    func limits() throws {
        var table = SMTPTable.ready(offering: "SIZE 5")
        #expect(try table.gives(to: "müller@mill.example").last?.contains("SMTPUTF8") ?? false)
        #expect(try table.gives() == ["finished refusedForGood(\"relay takes no message of more than 5 octets\")"])
        table = SMTPTable.ready(offering: "SMTPUTF8", "8BITMIME")
        #expect(try table.gives(to: "müller@mill.example").first?.contains("BODY=8BITMIME SMTPUTF8") ?? false)
    }

    @Test("given to a connection that is about to close has not begun")
    func closing() throws {
        var table = SMTPTable.ready()
        _ = table.hears("421 idle for too long")
        #expect(try table.gives().first?.hasPrefix("finished notBegun") ?? false)
    }
}
