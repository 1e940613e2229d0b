CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1');
INSERT INTO grdb_migrations VALUES('2');
INSERT INTO grdb_migrations VALUES('3');
CREATE TABLE run (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    path TEXT NOT NULL,              -- of the scenario file, as it was given
    scenario TEXT NOT NULL,          -- its whole text
    scenario_sha256 TEXT NOT NULL,
    seed INTEGER NOT NULL,           -- the 64 bits of an unsigned number
    world TEXT NOT NULL,             -- 'virtual' or 'live'
    speed REAL NOT NULL,
    version TEXT NOT NULL,           -- of GridDrill
    repeat_command TEXT NOT NULL,
    starts_at INTEGER NOT NULL,      -- on the run's own clock
    ends_at INTEGER NOT NULL,
    wall_started_at INTEGER NOT NULL,
    wall_finished_at INTEGER,        -- NULL: the run was broken off
    wall_microseconds INTEGER,
    verdict TEXT                     -- 'passed', 'failed', 'violated'; NULL: broken off
, target TEXT, environment TEXT) STRICT;
INSERT INTO run VALUES(1,'Golden','','golden.yaml',replace('name: Golden\nseed: 11\nstarts: 2024-06-03T16:00:00-07:00\nlasts: 40m\nprograms: [{id: 1, name: Cool Mornings, acknowledge_within: 5m}]\ncustomers:\n  - {ids: 1..2, name: "Site {id}", program: 1, email: "site{id}@sites.example", channels: [email, websocket]}\n  - {id: 3, name: Late, program: 1, email: late@sites.example, phone: "+16175550103", channels: [text, websocket]}\n  - {id: 4, name: Nobody, program: 1, channels: []}\nclients:\n  - {of: all, link: {delay: 40ms}, acknowledges: {after: 30s}}\n  - {of: {customer: 2}, acknowledges: {after: 30s, declines: 100%}}\n  - {of: {customer: 3}, connects: {at: 16:18}}\ncarriers: {email: {delay: 5s}, text: {delay: 2s, fails: 100%}}\ntimeline:\n  - {at: 16:10, incident: {id: first, program: 1, event_type: market_dispatch, start: "16:20", end: "16:30"}}\n  - {at: 16:12, modify: {incident: first, end: "16:35"}}\n  - {at: 16:20, incident: {id: second, program: 1, event_type: market_dispatch, start: "16:25", end: "16:35"}}\n  - {at: 16:21, cancel: {incident: second}}\n  - {at: 16:36, cancel: {incident: first}}\nexpect: [dispatches == 14]\n','\n',char(10)),'6c6f21bc68a4ae035ca4776ff69c59b64c3840a1638842755e8a23ac03b8d561',11,'virtual',1.0,'0.1.0','griddrill run golden.yaml --seed 11',1717455600000000,1717458000000000,1795626140817382,1795626141132749,315367,'passed',NULL,'{"build":"debug","compiler":"Swift 6.3","cores":2,"memoryBytes":25276063744,"processor":"AMD EPYC","system":"Debian GNU/Linux 12 (bookworm)"}');
CREATE TABLE programs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    acknowledge_within INTEGER,      -- microseconds
    message TEXT                     -- a template; NULL: the standard message
) STRICT;
INSERT INTO programs VALUES(1,'Cool Mornings','America/Los_Angeles',300000000,NULL);
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    program INTEGER NOT NULL,
    dispatch_types TEXT NOT NULL     -- a JSON array: 1 email, 2 text, 3 websocket, 4 voice, 5 webhook
) STRICT;
INSERT INTO customers VALUES(1,'Site 1','','','site1@sites.example',1,'[1,3]');
INSERT INTO customers VALUES(2,'Site 2','','','site2@sites.example',1,'[1,3]');
INSERT INTO customers VALUES(3,'Late','','+16175550103','late@sites.example',1,'[2,3]');
INSERT INTO customers VALUES(4,'Nobody','','','',1,'[]');
CREATE TABLE incidents (
    number INTEGER PRIMARY KEY,      -- what other tables call 'incident'
    id TEXT NOT NULL UNIQUE,         -- a UUID
    correlation TEXT NOT NULL,
    program INTEGER NOT NULL,
    event_type TEXT NOT NULL,
    start_time TEXT NOT NULL,        -- as it was sent
    end_time TEXT,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER,                 -- NULL: open
    test INTEGER NOT NULL,
    modification INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    announced_at INTEGER NOT NULL,   -- when the present modification was committed
    cancelled_at INTEGER
) STRICT;
INSERT INTO incidents VALUES(1,'62cf82a8-03b0-5b57-a018-408bdb2a3692','a185a8cf-04fa-550c-bc48-92bcb151ab1a',1,'market_dispatch','16:20','16:35',1717456800000000,1717457700000000,0,1,1717456200000000,1717456320000000,NULL);
INSERT INTO incidents VALUES(2,'ed0377b3-96e4-5107-bf81-b9cc61dc58e0','5bf8c8bf-ea7b-5024-8dd8-2868b04e2f8f',1,'market_dispatch','16:25','16:35',1717457100000000,1717457700000000,0,0,1717456800000000,1717456800000000,1717456860000000);
CREATE TABLE dispatches (
    incident INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    method TEXT NOT NULL,            -- 'email', 'text', 'websocket', 'voice', 'webhook' or ''
    position INTEGER NOT NULL,       -- of the method in the customer's order, from 0
    id TEXT NOT NULL,                -- a UUID (version 5) of the three above
    modification INTEGER NOT NULL,   -- the incident's, as this row was last sent
    program INTEGER NOT NULL,
    program_name TEXT NOT NULL,
    customer_name TEXT NOT NULL,
    message TEXT NOT NULL,
    more_info TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    announced_at INTEGER NOT NULL,   -- when this modification of it was committed
    state TEXT NOT NULL,             -- pending, sending, sent, delivered, deferred, failed, withdrawn, unreachable
    attempts INTEGER NOT NULL,
    sent_at INTEGER,
    delivered_at INTEGER,            -- by the carrier's report
    failure TEXT,
    cancellation_state TEXT,         -- how the news of a cancellation gets through to a carrier
    cancellation_attempts INTEGER,
    acknowledged_at INTEGER,         -- of this modification
    acknowledged_by TEXT,
    acknowledged_stated TEXT,        -- the client's word for the time
    opted_out INTEGER,
    late INTEGER,
    PRIMARY KEY (incident, customer, method)
) STRICT, WITHOUT ROWID;
INSERT INTO dispatches VALUES(1,1,'email',0,'e5b3cd26-3c95-5a96-847c-59e90fef7ac8',1,1,'Cool Mornings','Site 1','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:20 and 16:35','',1717456200000000,1717456320000000,'delivered',1,1717456320000000,1717456325000000,NULL,NULL,NULL,1717456350080000,'Site 1','Mon, 03 Jun 2024 23:12:30 GMT',0,0);
INSERT INTO dispatches VALUES(1,1,'websocket',1,'69bfe4f6-9073-54c4-970c-5a98e17311ff',1,1,'Cool Mornings','Site 1','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:20 and 16:35','',1717456200000000,1717456320000000,'sent',1,1717456320000000,NULL,NULL,NULL,NULL,1717456350080000,'Site 1','Mon, 03 Jun 2024 23:12:30 GMT',0,0);
INSERT INTO dispatches VALUES(1,2,'email',0,'59f2d4c9-db28-545c-96b6-da2aa704eb1d',1,1,'Cool Mornings','Site 2','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:20 and 16:35','',1717456200000000,1717456320000000,'delivered',1,1717456320000000,1717456325000000,NULL,NULL,NULL,1717456350080000,'Site 2','Mon, 03 Jun 2024 23:12:30 GMT',1,0);
INSERT INTO dispatches VALUES(1,2,'websocket',1,'060374a6-cfc8-5f45-a57d-90e92898dd71',1,1,'Cool Mornings','Site 2','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:20 and 16:35','',1717456200000000,1717456320000000,'sent',1,1717456320000000,NULL,NULL,NULL,NULL,1717456350080000,'Site 2','Mon, 03 Jun 2024 23:12:30 GMT',1,0);
INSERT INTO dispatches VALUES(1,3,'text',0,'a6d7181f-f74e-501f-9e27-027bec8bea4e',1,1,'Cool Mornings','Late','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:20 and 16:35','',1717456200000000,1717456320000000,'withdrawn',7,NULL,NULL,'the simulated text carrier failed',NULL,NULL,1717456725280000,'Late','Mon, 03 Jun 2024 23:18:45 GMT',0,1);
INSERT INTO dispatches VALUES(1,3,'websocket',1,'bba9bcc2-0238-5afd-8adf-80c5a249b38c',1,1,'Cool Mornings','Late','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:20 and 16:35','',1717456200000000,1717456320000000,'sent',1,1717456695200000,NULL,NULL,NULL,NULL,1717456725280000,'Late','Mon, 03 Jun 2024 23:18:45 GMT',0,1);
INSERT INTO dispatches VALUES(1,4,'',0,'4298c1fa-b870-533b-b515-14b8dad062de',1,1,'Cool Mornings','Nobody','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:20 and 16:35','NO WAY TO SEND DISPATCH TO CUSTOMER Nobody',1717456200000000,1717456320000000,'unreachable',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO dispatches VALUES(2,1,'email',0,'566e1c35-c015-5c6d-80e0-8c934da8828b',0,1,'Cool Mornings','Site 1','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:25 and 16:35','',1717456800000000,1717456800000000,'delivered',1,1717456800000000,1717456805000000,NULL,'delivered',1,1717456830080000,'Site 1','Mon, 03 Jun 2024 23:20:30 GMT',0,0);
INSERT INTO dispatches VALUES(2,1,'websocket',1,'83805c04-7e47-5c30-82c7-98d6ba399271',0,1,'Cool Mornings','Site 1','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:25 and 16:35','',1717456800000000,1717456800000000,'sent',1,1717456800000000,NULL,NULL,NULL,NULL,1717456830080000,'Site 1','Mon, 03 Jun 2024 23:20:30 GMT',0,0);
INSERT INTO dispatches VALUES(2,2,'email',0,'be266ede-82b1-5bb4-bb79-6be4a5380098',0,1,'Cool Mornings','Site 2','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:25 and 16:35','',1717456800000000,1717456800000000,'delivered',1,1717456800000000,1717456805000000,NULL,'delivered',1,1717456830080000,'Site 2','Mon, 03 Jun 2024 23:20:30 GMT',1,0);
INSERT INTO dispatches VALUES(2,2,'websocket',1,'c26c0103-f39a-554e-82a0-744bed2a6f0f',0,1,'Cool Mornings','Site 2','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:25 and 16:35','',1717456800000000,1717456800000000,'sent',1,1717456800000000,NULL,NULL,NULL,NULL,1717456830080000,'Site 2','Mon, 03 Jun 2024 23:20:30 GMT',1,0);
INSERT INTO dispatches VALUES(2,3,'text',0,'021b464c-f0f1-5fca-973c-d648b4670821',0,1,'Cool Mornings','Late','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:25 and 16:35','',1717456800000000,1717456800000000,'withdrawn',3,NULL,NULL,'the simulated text carrier failed',NULL,NULL,1717456830080000,'Late','Mon, 03 Jun 2024 23:20:30 GMT',0,0);
INSERT INTO dispatches VALUES(2,3,'websocket',1,'6717a38a-5d76-52e0-83ee-58726b9f19ce',0,1,'Cool Mornings','Late','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:25 and 16:35','',1717456800000000,1717456800000000,'sent',1,1717456800000000,NULL,NULL,NULL,NULL,1717456830080000,'Late','Mon, 03 Jun 2024 23:20:30 GMT',0,0);
INSERT INTO dispatches VALUES(2,4,'',0,'cd342a96-b28b-5f75-99ae-f8bf7e2698e6',0,1,'Cool Mornings','Nobody','Dear Voltan, You have been dispatched as part of the Program "Cool Mornings". Please have your full curtailment plan in effect between the hours of 16:25 and 16:35','NO WAY TO SEND DISPATCH TO CUSTOMER Nobody',1717456800000000,1717456800000000,'unreachable',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE acknowledgements (
    incident INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    modification INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    stated_at TEXT,
    opted_out INTEGER NOT NULL,
    late INTEGER NOT NULL,
    PRIMARY KEY (incident, customer, modification)
) STRICT, WITHOUT ROWID;
INSERT INTO acknowledgements VALUES(1,1,0,1717456230080000,'Site 1','Mon, 03 Jun 2024 23:10:30 GMT',0,0);
INSERT INTO acknowledgements VALUES(1,1,1,1717456350080000,'Site 1','Mon, 03 Jun 2024 23:12:30 GMT',0,0);
INSERT INTO acknowledgements VALUES(1,2,0,1717456230080000,'Site 2','Mon, 03 Jun 2024 23:10:30 GMT',1,0);
INSERT INTO acknowledgements VALUES(1,2,1,1717456350080000,'Site 2','Mon, 03 Jun 2024 23:12:30 GMT',1,0);
INSERT INTO acknowledgements VALUES(1,3,1,1717456725280000,'Late','Mon, 03 Jun 2024 23:18:45 GMT',0,1);
INSERT INTO acknowledgements VALUES(2,1,0,1717456830080000,'Site 1','Mon, 03 Jun 2024 23:20:30 GMT',0,0);
INSERT INTO acknowledgements VALUES(2,2,0,1717456830080000,'Site 2','Mon, 03 Jun 2024 23:20:30 GMT',1,0);
INSERT INTO acknowledgements VALUES(2,3,0,1717456830080000,'Late','Mon, 03 Jun 2024 23:20:30 GMT',0,0);
CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY,
    cause INTEGER,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    correlation TEXT,                -- of an input that came with one
    request INTEGER,
    session INTEGER,
    incident INTEGER,
    customer INTEGER,
    method TEXT,
    modification INTEGER,
    attempt INTEGER,
    state TEXT,
    digest INTEGER,                  -- of a dispatch's content: FNV-1a, 64 bits, of its message
    detail TEXT                      -- what the columns do not hold, as JSON or plain words
) STRICT;
INSERT INTO journal VALUES(1,NULL,1717455600000000,'started',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(2,NULL,1717455600000000,'roster.replaced',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"customers":[{"address":"","email":"site1@sites.example","id":1,"methods":[1,3],"name":"Site 1","phone":"","program":1},{"address":"","email":"site2@sites.example","id":2,"methods":[1,3],"name":"Site 2","phone":"","program":1},{"address":"","email":"late@sites.example","id":3,"methods":[2,3],"name":"Late","phone":"+16175550103","program":1},{"address":"","email":"","id":4,"methods":[],"name":"Nobody","phone":"","program":1}],"programs":[{"acknowledgeWithin":300000000,"id":1,"name":"Cool Mornings","timeZone":"America/Los_Angeles"}]}');
INSERT INTO journal VALUES(3,2,1717455600000000,'roster.recorded',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 programs, 4 customers');
INSERT INTO journal VALUES(4,NULL,1717455600120000,'session.connected',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(5,4,1717455600120000,'room.observers',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(6,NULL,1717455600160000,'session.connected',NULL,NULL,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(7,6,1717455600160000,'room.observers',NULL,NULL,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(8,NULL,1717455600200000,'session.joined',NULL,1,1,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(9,8,1717455600200000,'room.entered',NULL,NULL,1,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(10,8,1717455600200000,'answer.joined',NULL,1,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'0 open');
INSERT INTO journal VALUES(11,NULL,1717455600240000,'session.joined',NULL,2,2,NULL,2,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(12,11,1717455600240000,'room.entered',NULL,NULL,2,NULL,2,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(13,11,1717455600240000,'answer.joined',NULL,2,NULL,NULL,2,NULL,NULL,NULL,NULL,NULL,'0 open');
INSERT INTO journal VALUES(14,NULL,1717456200000000,'incident.requested','a185a8cf-04fa-550c-bc48-92bcb151ab1a',3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"correlation":"a185a8cf-04fa-550c-bc48-92bcb151ab1a","end":1717457400000000,"endText":"16:30","eventType":"market_dispatch","id":"62cf82a8-03b0-5b57-a018-408bdb2a3692","program":1,"start":1717456800000000,"startText":"16:20","test":false}');
INSERT INTO journal VALUES(15,14,1717456200000000,'incident.recorded',NULL,NULL,NULL,1,NULL,NULL,0,NULL,'open',NULL,'market_dispatch from 2024-06-03T23:20:00Z to 2024-06-03T23:30:00Z');
INSERT INTO journal VALUES(16,14,1717456200000000,'dispatch.recorded',NULL,NULL,NULL,1,1,'email',0,NULL,'sending',-7201894913679194186,NULL);
INSERT INTO journal VALUES(17,14,1717456200000000,'send',NULL,NULL,NULL,1,1,'email',0,1,'dispatch',-7201894913679194186,'site1@sites.example');
INSERT INTO journal VALUES(18,14,1717456200000000,'emit.dispatch',NULL,NULL,NULL,1,1,'email',0,1,'customer',-7201894913679194186,NULL);
INSERT INTO journal VALUES(19,14,1717456200000000,'dispatch.recorded',NULL,NULL,NULL,1,1,'websocket',0,NULL,'sending',-7201894913679194186,NULL);
INSERT INTO journal VALUES(20,14,1717456200000000,'emit.dispatch',NULL,NULL,NULL,1,1,'websocket',0,1,'customer',-7201894913679194186,NULL);
INSERT INTO journal VALUES(21,14,1717456200000000,'dispatch.recorded',NULL,NULL,NULL,1,2,'email',0,NULL,'sending',-7201894913679194186,NULL);
INSERT INTO journal VALUES(22,14,1717456200000000,'send',NULL,NULL,NULL,1,2,'email',0,1,'dispatch',-7201894913679194186,'site2@sites.example');
INSERT INTO journal VALUES(23,14,1717456200000000,'emit.dispatch',NULL,NULL,NULL,1,2,'email',0,1,'customer',-7201894913679194186,NULL);
INSERT INTO journal VALUES(24,14,1717456200000000,'dispatch.recorded',NULL,NULL,NULL,1,2,'websocket',0,NULL,'sending',-7201894913679194186,NULL);
INSERT INTO journal VALUES(25,14,1717456200000000,'emit.dispatch',NULL,NULL,NULL,1,2,'websocket',0,1,'customer',-7201894913679194186,NULL);
INSERT INTO journal VALUES(26,14,1717456200000000,'dispatch.recorded',NULL,NULL,NULL,1,3,'text',0,NULL,'sending',-7201894913679194186,NULL);
INSERT INTO journal VALUES(27,14,1717456200000000,'send',NULL,NULL,NULL,1,3,'text',0,1,'dispatch',-7201894913679194186,'+16175550103');
INSERT INTO journal VALUES(28,14,1717456200000000,'dispatch.recorded',NULL,NULL,NULL,1,3,'websocket',0,NULL,'pending',-7201894913679194186,NULL);
INSERT INTO journal VALUES(29,14,1717456200000000,'dispatch.recorded',NULL,NULL,NULL,1,4,'',0,NULL,'unreachable',-7201894913679194186,'NO WAY TO SEND DISPATCH TO CUSTOMER Nobody');
INSERT INTO journal VALUES(30,14,1717456200000000,'answer.incident',NULL,3,NULL,1,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(31,NULL,1717456200000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 1 email 0 dispatch 1 sent');
INSERT INTO journal VALUES(32,31,1717456200000000,'delivery.recorded',NULL,NULL,NULL,1,1,'email',0,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(33,NULL,1717456200000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 2 email 0 dispatch 1 sent');
INSERT INTO journal VALUES(34,33,1717456200000000,'delivery.recorded',NULL,NULL,NULL,1,2,'email',0,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(35,NULL,1717456200000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,replace('1 1 websocket 0 dispatch 1 sent\n1 2 websocket 0 dispatch 1 sent','\n',char(10)));
INSERT INTO journal VALUES(36,35,1717456200000000,'delivery.recorded',NULL,NULL,NULL,1,1,'websocket',0,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(37,35,1717456200000000,'delivery.recorded',NULL,NULL,NULL,1,2,'websocket',0,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(38,NULL,1717456202000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 3 text 0 dispatch 1 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(39,38,1717456202000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',0,1,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(40,NULL,1717456205000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 1 email 0 dispatch 1 delivered');
INSERT INTO journal VALUES(41,40,1717456205000000,'delivery.recorded',NULL,NULL,NULL,1,1,'email',0,1,'delivered',NULL,NULL);
INSERT INTO journal VALUES(42,NULL,1717456205000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 2 email 0 dispatch 1 delivered');
INSERT INTO journal VALUES(43,42,1717456205000000,'delivery.recorded',NULL,NULL,NULL,1,2,'email',0,1,'delivered',NULL,NULL);
INSERT INTO journal VALUES(44,NULL,1717456207000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(45,44,1717456207000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',0,2,'sending',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(46,44,1717456207000000,'send',NULL,NULL,NULL,1,3,'text',0,2,'dispatch',-7201894913679194186,'+16175550103');
INSERT INTO journal VALUES(47,NULL,1717456209000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 3 text 0 dispatch 2 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(48,47,1717456209000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',0,2,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(49,NULL,1717456219000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(50,49,1717456219000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',0,3,'sending',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(51,49,1717456219000000,'send',NULL,NULL,NULL,1,3,'text',0,3,'dispatch',-7201894913679194186,'+16175550103');
INSERT INTO journal VALUES(52,NULL,1717456221000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 3 text 0 dispatch 3 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(53,52,1717456221000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',0,3,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(54,NULL,1717456230080000,'acknowledged',NULL,NULL,1,NULL,NULL,NULL,0,NULL,NULL,NULL,replace('e5b3cd26-3c95-5a96-847c-59e90fef7ac8 Site 1\nMon, 03 Jun 2024 23:10:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(55,54,1717456230080000,'acknowledgement.recorded',NULL,NULL,NULL,1,1,NULL,0,NULL,'in time',NULL,replace('accepted by Site 1\nMon, 03 Jun 2024 23:10:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(56,54,1717456230080000,'emit.acknowledgement',NULL,NULL,NULL,1,1,NULL,0,NULL,'customer',7048015559500898398,NULL);
INSERT INTO journal VALUES(57,54,1717456230080000,'emit.acknowledgement',NULL,NULL,NULL,1,1,NULL,0,NULL,'customer',-93521785693125317,NULL);
INSERT INTO journal VALUES(58,NULL,1717456230080000,'acknowledged',NULL,NULL,2,NULL,NULL,NULL,0,NULL,'declined',NULL,replace('59f2d4c9-db28-545c-96b6-da2aa704eb1d Site 2\nMon, 03 Jun 2024 23:10:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(59,58,1717456230080000,'acknowledgement.recorded',NULL,NULL,NULL,1,2,NULL,0,NULL,'in time',NULL,replace('declined by Site 2\nMon, 03 Jun 2024 23:10:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(60,58,1717456230080000,'emit.acknowledgement',NULL,NULL,NULL,1,2,NULL,0,NULL,'customer',-3511665439238471871,NULL);
INSERT INTO journal VALUES(61,58,1717456230080000,'emit.acknowledgement',NULL,NULL,NULL,1,2,NULL,0,NULL,'customer',-6665639366627392972,NULL);
INSERT INTO journal VALUES(62,NULL,1717456241000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(63,62,1717456241000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',0,4,'sending',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(64,62,1717456241000000,'send',NULL,NULL,NULL,1,3,'text',0,4,'dispatch',-7201894913679194186,'+16175550103');
INSERT INTO journal VALUES(65,NULL,1717456243000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 3 text 0 dispatch 4 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(66,65,1717456243000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',0,4,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(67,NULL,1717456283000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(68,67,1717456283000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',0,5,'sending',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(69,67,1717456283000000,'send',NULL,NULL,NULL,1,3,'text',0,5,'dispatch',-7201894913679194186,'+16175550103');
INSERT INTO journal VALUES(70,NULL,1717456285000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 3 text 0 dispatch 5 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(71,70,1717456285000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',0,5,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(72,NULL,1717456320000000,'incident.changed',NULL,4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"end":1717457700000000,"endText":"16:35","id":"62cf82a8-03b0-5b57-a018-408bdb2a3692"}');
INSERT INTO journal VALUES(73,72,1717456320000000,'incident.recorded',NULL,NULL,NULL,1,NULL,NULL,1,NULL,'open',NULL,'market_dispatch from 2024-06-03T23:20:00Z to 2024-06-03T23:35:00Z');
INSERT INTO journal VALUES(74,72,1717456320000000,'dispatch.recorded',NULL,NULL,NULL,1,1,'email',1,NULL,'sending',-7201889416121053131,NULL);
INSERT INTO journal VALUES(75,72,1717456320000000,'send',NULL,NULL,NULL,1,1,'email',1,1,'dispatch',-7201889416121053131,'site1@sites.example');
INSERT INTO journal VALUES(76,72,1717456320000000,'emit.dispatch',NULL,NULL,NULL,1,1,'email',1,1,'customer',-7201889416121053131,NULL);
INSERT INTO journal VALUES(77,72,1717456320000000,'dispatch.recorded',NULL,NULL,NULL,1,1,'websocket',1,NULL,'sending',-7201889416121053131,NULL);
INSERT INTO journal VALUES(78,72,1717456320000000,'emit.dispatch',NULL,NULL,NULL,1,1,'websocket',1,1,'customer',-7201889416121053131,NULL);
INSERT INTO journal VALUES(79,72,1717456320000000,'dispatch.recorded',NULL,NULL,NULL,1,2,'email',1,NULL,'sending',-7201889416121053131,NULL);
INSERT INTO journal VALUES(80,72,1717456320000000,'send',NULL,NULL,NULL,1,2,'email',1,1,'dispatch',-7201889416121053131,'site2@sites.example');
INSERT INTO journal VALUES(81,72,1717456320000000,'emit.dispatch',NULL,NULL,NULL,1,2,'email',1,1,'customer',-7201889416121053131,NULL);
INSERT INTO journal VALUES(82,72,1717456320000000,'dispatch.recorded',NULL,NULL,NULL,1,2,'websocket',1,NULL,'sending',-7201889416121053131,NULL);
INSERT INTO journal VALUES(83,72,1717456320000000,'emit.dispatch',NULL,NULL,NULL,1,2,'websocket',1,1,'customer',-7201889416121053131,NULL);
INSERT INTO journal VALUES(84,72,1717456320000000,'dispatch.recorded',NULL,NULL,NULL,1,3,'text',1,NULL,'sending',-7201889416121053131,NULL);
INSERT INTO journal VALUES(85,72,1717456320000000,'send',NULL,NULL,NULL,1,3,'text',1,1,'dispatch',-7201889416121053131,'+16175550103');
INSERT INTO journal VALUES(86,72,1717456320000000,'dispatch.recorded',NULL,NULL,NULL,1,3,'websocket',1,NULL,'pending',-7201889416121053131,NULL);
INSERT INTO journal VALUES(87,72,1717456320000000,'dispatch.recorded',NULL,NULL,NULL,1,4,'',1,NULL,'unreachable',-7201889416121053131,'NO WAY TO SEND DISPATCH TO CUSTOMER Nobody');
INSERT INTO journal VALUES(88,72,1717456320000000,'answer.incident',NULL,4,NULL,1,NULL,NULL,1,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(89,NULL,1717456320000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 1 email 1 dispatch 1 sent');
INSERT INTO journal VALUES(90,89,1717456320000000,'delivery.recorded',NULL,NULL,NULL,1,1,'email',1,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(91,NULL,1717456320000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 2 email 1 dispatch 1 sent');
INSERT INTO journal VALUES(92,91,1717456320000000,'delivery.recorded',NULL,NULL,NULL,1,2,'email',1,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(93,NULL,1717456320000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,replace('1 1 websocket 1 dispatch 1 sent\n1 2 websocket 1 dispatch 1 sent','\n',char(10)));
INSERT INTO journal VALUES(94,93,1717456320000000,'delivery.recorded',NULL,NULL,NULL,1,1,'websocket',1,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(95,93,1717456320000000,'delivery.recorded',NULL,NULL,NULL,1,2,'websocket',1,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(96,NULL,1717456322000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 3 text 1 dispatch 1 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(97,96,1717456322000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,1,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(98,NULL,1717456325000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 1 email 1 dispatch 1 delivered');
INSERT INTO journal VALUES(99,98,1717456325000000,'delivery.recorded',NULL,NULL,NULL,1,1,'email',1,1,'delivered',NULL,NULL);
INSERT INTO journal VALUES(100,NULL,1717456325000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 2 email 1 dispatch 1 delivered');
INSERT INTO journal VALUES(101,100,1717456325000000,'delivery.recorded',NULL,NULL,NULL,1,2,'email',1,1,'delivered',NULL,NULL);
INSERT INTO journal VALUES(102,NULL,1717456327000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(103,102,1717456327000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,2,'sending',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(104,102,1717456327000000,'send',NULL,NULL,NULL,1,3,'text',1,2,'dispatch',-7201889416121053131,'+16175550103');
INSERT INTO journal VALUES(105,NULL,1717456329000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 3 text 1 dispatch 2 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(106,105,1717456329000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,2,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(107,NULL,1717456339000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(108,107,1717456339000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,3,'sending',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(109,107,1717456339000000,'send',NULL,NULL,NULL,1,3,'text',1,3,'dispatch',-7201889416121053131,'+16175550103');
INSERT INTO journal VALUES(110,NULL,1717456341000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 3 text 1 dispatch 3 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(111,110,1717456341000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,3,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(112,NULL,1717456350080000,'acknowledged',NULL,NULL,1,NULL,NULL,NULL,1,NULL,NULL,NULL,replace('e5b3cd26-3c95-5a96-847c-59e90fef7ac8 Site 1\nMon, 03 Jun 2024 23:12:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(113,112,1717456350080000,'acknowledgement.recorded',NULL,NULL,NULL,1,1,NULL,1,NULL,'in time',NULL,replace('accepted by Site 1\nMon, 03 Jun 2024 23:12:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(114,112,1717456350080000,'emit.acknowledgement',NULL,NULL,NULL,1,1,NULL,1,NULL,'customer',7048015559500898398,NULL);
INSERT INTO journal VALUES(115,112,1717456350080000,'emit.acknowledgement',NULL,NULL,NULL,1,1,NULL,1,NULL,'customer',-93521785693125317,NULL);
INSERT INTO journal VALUES(116,NULL,1717456350080000,'acknowledged',NULL,NULL,2,NULL,NULL,NULL,1,NULL,'declined',NULL,replace('59f2d4c9-db28-545c-96b6-da2aa704eb1d Site 2\nMon, 03 Jun 2024 23:12:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(117,116,1717456350080000,'acknowledgement.recorded',NULL,NULL,NULL,1,2,NULL,1,NULL,'in time',NULL,replace('declined by Site 2\nMon, 03 Jun 2024 23:12:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(118,116,1717456350080000,'emit.acknowledgement',NULL,NULL,NULL,1,2,NULL,1,NULL,'customer',-3511665439238471871,NULL);
INSERT INTO journal VALUES(119,116,1717456350080000,'emit.acknowledgement',NULL,NULL,NULL,1,2,NULL,1,NULL,'customer',-6665639366627392972,NULL);
INSERT INTO journal VALUES(120,NULL,1717456361000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(121,120,1717456361000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,4,'sending',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(122,120,1717456361000000,'send',NULL,NULL,NULL,1,3,'text',1,4,'dispatch',-7201889416121053131,'+16175550103');
INSERT INTO journal VALUES(123,NULL,1717456363000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 3 text 1 dispatch 4 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(124,123,1717456363000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,4,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(125,NULL,1717456365000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(126,NULL,1717456403000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(127,126,1717456403000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,5,'sending',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(128,126,1717456403000000,'send',NULL,NULL,NULL,1,3,'text',1,5,'dispatch',-7201889416121053131,'+16175550103');
INSERT INTO journal VALUES(129,NULL,1717456405000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 3 text 1 dispatch 5 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(130,129,1717456405000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,5,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(131,NULL,1717456485000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(132,131,1717456485000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,6,'sending',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(133,131,1717456485000000,'send',NULL,NULL,NULL,1,3,'text',1,6,'dispatch',-7201889416121053131,'+16175550103');
INSERT INTO journal VALUES(134,NULL,1717456487000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 3 text 1 dispatch 6 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(135,134,1717456487000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,6,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(136,NULL,1717456647000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(137,136,1717456647000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,7,'sending',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(138,136,1717456647000000,'send',NULL,NULL,NULL,1,3,'text',1,7,'dispatch',-7201889416121053131,'+16175550103');
INSERT INTO journal VALUES(139,NULL,1717456649000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 3 text 1 dispatch 7 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(140,139,1717456649000000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,7,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(141,NULL,1717456695120000,'session.connected',NULL,NULL,3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(142,141,1717456695120000,'room.observers',NULL,NULL,3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(143,NULL,1717456695200000,'session.joined',NULL,5,3,NULL,3,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(144,143,1717456695200000,'room.entered',NULL,NULL,3,NULL,3,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(145,143,1717456695200000,'emit.resync',NULL,NULL,3,1,3,'text',1,7,'session',-7201889416121053131,NULL);
INSERT INTO journal VALUES(146,143,1717456695200000,'delivery.recorded',NULL,NULL,NULL,1,3,'websocket',1,1,'sending',NULL,NULL);
INSERT INTO journal VALUES(147,143,1717456695200000,'emit.dispatch',NULL,NULL,3,1,3,'websocket',1,1,'session',-7201889416121053131,NULL);
INSERT INTO journal VALUES(148,143,1717456695200000,'answer.joined',NULL,5,NULL,NULL,3,NULL,NULL,NULL,NULL,NULL,'2 open');
INSERT INTO journal VALUES(149,NULL,1717456695200000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 3 websocket 1 dispatch 1 sent');
INSERT INTO journal VALUES(150,149,1717456695200000,'delivery.recorded',NULL,NULL,NULL,1,3,'websocket',1,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(151,NULL,1717456725280000,'acknowledged',NULL,NULL,3,NULL,NULL,NULL,1,NULL,NULL,NULL,replace('a6d7181f-f74e-501f-9e27-027bec8bea4e Late\nMon, 03 Jun 2024 23:18:45 GMT','\n',char(10)));
INSERT INTO journal VALUES(152,151,1717456725280000,'acknowledgement.recorded',NULL,NULL,NULL,1,3,NULL,1,NULL,'late',NULL,replace('accepted by Late\nMon, 03 Jun 2024 23:18:45 GMT','\n',char(10)));
INSERT INTO journal VALUES(153,151,1717456725280000,'delivery.recorded',NULL,NULL,NULL,1,3,'text',1,7,'withdrawn',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(154,151,1717456725280000,'emit.acknowledgement',NULL,NULL,NULL,1,3,NULL,1,NULL,'customer',4102808277799516753,NULL);
INSERT INTO journal VALUES(155,151,1717456725280000,'emit.acknowledgement',NULL,NULL,NULL,1,3,NULL,1,NULL,'customer',3564102158564583793,NULL);
INSERT INTO journal VALUES(156,NULL,1717456800000000,'incident.requested','5bf8c8bf-ea7b-5024-8dd8-2868b04e2f8f',6,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"correlation":"5bf8c8bf-ea7b-5024-8dd8-2868b04e2f8f","end":1717457700000000,"endText":"16:35","eventType":"market_dispatch","id":"ed0377b3-96e4-5107-bf81-b9cc61dc58e0","program":1,"start":1717457100000000,"startText":"16:25","test":false}');
INSERT INTO journal VALUES(157,156,1717456800000000,'incident.recorded',NULL,NULL,NULL,2,NULL,NULL,0,NULL,'open',NULL,'market_dispatch from 2024-06-03T23:25:00Z to 2024-06-03T23:35:00Z');
INSERT INTO journal VALUES(158,156,1717456800000000,'dispatch.recorded',NULL,NULL,NULL,2,1,'email',0,NULL,'sending',7240743038215903734,NULL);
INSERT INTO journal VALUES(159,156,1717456800000000,'send',NULL,NULL,NULL,2,1,'email',0,1,'dispatch',7240743038215903734,'site1@sites.example');
INSERT INTO journal VALUES(160,156,1717456800000000,'emit.dispatch',NULL,NULL,NULL,2,1,'email',0,1,'customer',7240743038215903734,NULL);
INSERT INTO journal VALUES(161,156,1717456800000000,'dispatch.recorded',NULL,NULL,NULL,2,1,'websocket',0,NULL,'sending',7240743038215903734,NULL);
INSERT INTO journal VALUES(162,156,1717456800000000,'emit.dispatch',NULL,NULL,NULL,2,1,'websocket',0,1,'customer',7240743038215903734,NULL);
INSERT INTO journal VALUES(163,156,1717456800000000,'dispatch.recorded',NULL,NULL,NULL,2,2,'email',0,NULL,'sending',7240743038215903734,NULL);
INSERT INTO journal VALUES(164,156,1717456800000000,'send',NULL,NULL,NULL,2,2,'email',0,1,'dispatch',7240743038215903734,'site2@sites.example');
INSERT INTO journal VALUES(165,156,1717456800000000,'emit.dispatch',NULL,NULL,NULL,2,2,'email',0,1,'customer',7240743038215903734,NULL);
INSERT INTO journal VALUES(166,156,1717456800000000,'dispatch.recorded',NULL,NULL,NULL,2,2,'websocket',0,NULL,'sending',7240743038215903734,NULL);
INSERT INTO journal VALUES(167,156,1717456800000000,'emit.dispatch',NULL,NULL,NULL,2,2,'websocket',0,1,'customer',7240743038215903734,NULL);
INSERT INTO journal VALUES(168,156,1717456800000000,'dispatch.recorded',NULL,NULL,NULL,2,3,'text',0,NULL,'sending',7240743038215903734,NULL);
INSERT INTO journal VALUES(169,156,1717456800000000,'send',NULL,NULL,NULL,2,3,'text',0,1,'dispatch',7240743038215903734,'+16175550103');
INSERT INTO journal VALUES(170,156,1717456800000000,'emit.dispatch',NULL,NULL,NULL,2,3,'text',0,1,'customer',7240743038215903734,NULL);
INSERT INTO journal VALUES(171,156,1717456800000000,'dispatch.recorded',NULL,NULL,NULL,2,3,'websocket',0,NULL,'sending',7240743038215903734,NULL);
INSERT INTO journal VALUES(172,156,1717456800000000,'emit.dispatch',NULL,NULL,NULL,2,3,'websocket',0,1,'customer',7240743038215903734,NULL);
INSERT INTO journal VALUES(173,156,1717456800000000,'dispatch.recorded',NULL,NULL,NULL,2,4,'',0,NULL,'unreachable',7240743038215903734,'NO WAY TO SEND DISPATCH TO CUSTOMER Nobody');
INSERT INTO journal VALUES(174,156,1717456800000000,'answer.incident',NULL,6,NULL,2,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(175,NULL,1717456800000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 1 email 0 dispatch 1 sent');
INSERT INTO journal VALUES(176,175,1717456800000000,'delivery.recorded',NULL,NULL,NULL,2,1,'email',0,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(177,NULL,1717456800000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 2 email 0 dispatch 1 sent');
INSERT INTO journal VALUES(178,177,1717456800000000,'delivery.recorded',NULL,NULL,NULL,2,2,'email',0,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(179,NULL,1717456800000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,replace('2 1 websocket 0 dispatch 1 sent\n2 2 websocket 0 dispatch 1 sent\n2 3 websocket 0 dispatch 1 sent','\n',char(10)));
INSERT INTO journal VALUES(180,179,1717456800000000,'delivery.recorded',NULL,NULL,NULL,2,1,'websocket',0,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(181,179,1717456800000000,'delivery.recorded',NULL,NULL,NULL,2,2,'websocket',0,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(182,179,1717456800000000,'delivery.recorded',NULL,NULL,NULL,2,3,'websocket',0,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(183,NULL,1717456802000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 3 text 0 dispatch 1 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(184,183,1717456802000000,'delivery.recorded',NULL,NULL,NULL,2,3,'text',0,1,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(185,NULL,1717456805000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 1 email 0 dispatch 1 delivered');
INSERT INTO journal VALUES(186,185,1717456805000000,'delivery.recorded',NULL,NULL,NULL,2,1,'email',0,1,'delivered',NULL,NULL);
INSERT INTO journal VALUES(187,NULL,1717456805000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 2 email 0 dispatch 1 delivered');
INSERT INTO journal VALUES(188,187,1717456805000000,'delivery.recorded',NULL,NULL,NULL,2,2,'email',0,1,'delivered',NULL,NULL);
INSERT INTO journal VALUES(189,NULL,1717456807000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(190,189,1717456807000000,'delivery.recorded',NULL,NULL,NULL,2,3,'text',0,2,'sending',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(191,189,1717456807000000,'send',NULL,NULL,NULL,2,3,'text',0,2,'dispatch',7240743038215903734,'+16175550103');
INSERT INTO journal VALUES(192,NULL,1717456809000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 3 text 0 dispatch 2 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(193,192,1717456809000000,'delivery.recorded',NULL,NULL,NULL,2,3,'text',0,2,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(194,NULL,1717456819000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(195,194,1717456819000000,'delivery.recorded',NULL,NULL,NULL,2,3,'text',0,3,'sending',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(196,194,1717456819000000,'send',NULL,NULL,NULL,2,3,'text',0,3,'dispatch',7240743038215903734,'+16175550103');
INSERT INTO journal VALUES(197,NULL,1717456821000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 3 text 0 dispatch 3 failed-for-now the simulated text carrier failed');
INSERT INTO journal VALUES(198,197,1717456821000000,'delivery.recorded',NULL,NULL,NULL,2,3,'text',0,3,'deferred',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(199,NULL,1717456830080000,'acknowledged',NULL,NULL,1,NULL,NULL,NULL,0,NULL,NULL,NULL,replace('566e1c35-c015-5c6d-80e0-8c934da8828b Site 1\nMon, 03 Jun 2024 23:20:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(200,199,1717456830080000,'acknowledgement.recorded',NULL,NULL,NULL,2,1,NULL,0,NULL,'in time',NULL,replace('accepted by Site 1\nMon, 03 Jun 2024 23:20:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(201,199,1717456830080000,'emit.acknowledgement',NULL,NULL,NULL,2,1,NULL,0,NULL,'customer',-2986290457883058458,NULL);
INSERT INTO journal VALUES(202,199,1717456830080000,'emit.acknowledgement',NULL,NULL,NULL,2,1,NULL,0,NULL,'customer',92258726903205441,NULL);
INSERT INTO journal VALUES(203,NULL,1717456830080000,'acknowledged',NULL,NULL,2,NULL,NULL,NULL,0,NULL,'declined',NULL,replace('be266ede-82b1-5bb4-bb79-6be4a5380098 Site 2\nMon, 03 Jun 2024 23:20:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(204,203,1717456830080000,'acknowledgement.recorded',NULL,NULL,NULL,2,2,NULL,0,NULL,'in time',NULL,replace('declined by Site 2\nMon, 03 Jun 2024 23:20:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(205,203,1717456830080000,'emit.acknowledgement',NULL,NULL,NULL,2,2,NULL,0,NULL,'customer',387033840306707244,NULL);
INSERT INTO journal VALUES(206,203,1717456830080000,'emit.acknowledgement',NULL,NULL,NULL,2,2,NULL,0,NULL,'customer',4669235866289322561,NULL);
INSERT INTO journal VALUES(207,NULL,1717456830080000,'acknowledged',NULL,NULL,3,NULL,NULL,NULL,0,NULL,NULL,NULL,replace('021b464c-f0f1-5fca-973c-d648b4670821 Late\nMon, 03 Jun 2024 23:20:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(208,207,1717456830080000,'acknowledgement.recorded',NULL,NULL,NULL,2,3,NULL,0,NULL,'in time',NULL,replace('accepted by Late\nMon, 03 Jun 2024 23:20:30 GMT','\n',char(10)));
INSERT INTO journal VALUES(209,207,1717456830080000,'delivery.recorded',NULL,NULL,NULL,2,3,'text',0,3,'withdrawn',NULL,'the simulated text carrier failed');
INSERT INTO journal VALUES(210,207,1717456830080000,'emit.acknowledgement',NULL,NULL,NULL,2,3,NULL,0,NULL,'customer',-7699026689961601045,NULL);
INSERT INTO journal VALUES(211,207,1717456830080000,'emit.acknowledgement',NULL,NULL,NULL,2,3,NULL,0,NULL,'customer',-1947248320369308882,NULL);
INSERT INTO journal VALUES(212,NULL,1717456841000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(213,NULL,1717456860000000,'incident.cancelled',NULL,7,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"id":"ed0377b3-96e4-5107-bf81-b9cc61dc58e0"}');
INSERT INTO journal VALUES(214,213,1717456860000000,'incident.recorded',NULL,NULL,NULL,2,NULL,NULL,0,NULL,'cancelled',NULL,'market_dispatch from 2024-06-03T23:25:00Z to 2024-06-03T23:35:00Z');
INSERT INTO journal VALUES(215,213,1717456860000000,'cancellation.recorded',NULL,NULL,NULL,2,1,'email',0,1,'sending',NULL,NULL);
INSERT INTO journal VALUES(216,213,1717456860000000,'send',NULL,NULL,NULL,2,1,'email',0,1,'cancellation',4643415384273575523,'site1@sites.example');
INSERT INTO journal VALUES(217,213,1717456860000000,'emit.incident',NULL,NULL,NULL,2,NULL,NULL,0,NULL,'customer',NULL,NULL);
INSERT INTO journal VALUES(218,213,1717456860000000,'cancellation.recorded',NULL,NULL,NULL,2,2,'email',0,1,'sending',NULL,NULL);
INSERT INTO journal VALUES(219,213,1717456860000000,'send',NULL,NULL,NULL,2,2,'email',0,1,'cancellation',4643415384273575523,'site2@sites.example');
INSERT INTO journal VALUES(220,213,1717456860000000,'emit.incident',NULL,NULL,NULL,2,NULL,NULL,0,NULL,'customer',NULL,NULL);
INSERT INTO journal VALUES(221,213,1717456860000000,'emit.incident',NULL,NULL,NULL,2,NULL,NULL,0,NULL,'customer',NULL,NULL);
INSERT INTO journal VALUES(222,213,1717456860000000,'answer.incident',NULL,7,NULL,2,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(223,NULL,1717456860000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 1 email 0 cancellation 1 sent');
INSERT INTO journal VALUES(224,223,1717456860000000,'cancellation.recorded',NULL,NULL,NULL,2,1,'email',0,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(225,NULL,1717456860000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 2 email 0 cancellation 1 sent');
INSERT INTO journal VALUES(226,225,1717456860000000,'cancellation.recorded',NULL,NULL,NULL,2,2,'email',0,1,'sent',NULL,NULL);
INSERT INTO journal VALUES(227,NULL,1717456865000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 1 email 0 cancellation 1 delivered');
INSERT INTO journal VALUES(228,227,1717456865000000,'cancellation.recorded',NULL,NULL,NULL,2,1,'email',0,1,'delivered',NULL,NULL);
INSERT INTO journal VALUES(229,NULL,1717456865000000,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 2 email 0 cancellation 1 delivered');
INSERT INTO journal VALUES(230,229,1717456865000000,'cancellation.recorded',NULL,NULL,NULL,2,2,'email',0,1,'delivered',NULL,NULL);
INSERT INTO journal VALUES(231,NULL,1717456949000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(232,NULL,1717457400000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(233,NULL,1717457700000000,'deadline.reached',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(234,NULL,1717457760000000,'incident.cancelled',NULL,8,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"id":"62cf82a8-03b0-5b57-a018-408bdb2a3692"}');
INSERT INTO journal VALUES(235,234,1717457760000000,'answer.refused',NULL,8,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'incident-over: incident 62cf82a8-03b0-5b57-a018-408bdb2a3692 is over already');
CREATE TABLE script (
    position INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,              -- incident, modify, cancel
    name TEXT NOT NULL,              -- the scenario's name for the incident
    due_at INTEGER NOT NULL,
    incident INTEGER,                -- NULL: it was refused
    committed_at INTEGER,
    refusal TEXT
) STRICT;
INSERT INTO script VALUES(1,'incident','first',1717456200000000,1,1717456200000000,NULL);
INSERT INTO script VALUES(2,'modify','first',1717456320000000,1,1717456320000000,NULL);
INSERT INTO script VALUES(3,'incident','second',1717456800000000,2,1717456800000000,NULL);
INSERT INTO script VALUES(4,'cancel','second',1717456860000000,2,1717456860000000,NULL);
INSERT INTO script VALUES(5,'cancel','first',1717457760000000,NULL,NULL,'incident-over: incident 62cf82a8-03b0-5b57-a018-408bdb2a3692 is over already');
CREATE TABLE journal_formats (
    first_sequence INTEGER PRIMARY KEY,
    format INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL,  -- as of the last commit
    digest INTEGER NOT NULL          -- of every column of the rows from first to last: tells of a byte that has changed
) STRICT;
INSERT INTO journal_formats VALUES(1,2,235,2103044045209320599);
