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
CREATE TABLE programs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    acknowledge_within INTEGER,      -- microseconds
    message TEXT                     -- a template; NULL: the standard message
) STRICT;
INSERT INTO programs VALUES(1,'Green Mountain Energy Cool Mornings','America/Los_Angeles',NULL,NULL);
INSERT INTO programs VALUES(2,'PG&E Easy Nights','America/Los_Angeles',NULL,NULL);
INSERT INTO programs VALUES(3,'Festus Kilowatts Saver','America/Los_Angeles',NULL,NULL);
INSERT INTO programs VALUES(4,'New Power New Grid','America/Los_Angeles',NULL,NULL);
INSERT INTO programs VALUES(5,'Funny Games Power Saver','America/Los_Angeles',NULL,NULL);
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    program INTEGER NOT NULL,
    dispatch_types TEXT NOT NULL     -- a JSON array: 1 email, 2 text, 3 websocket, 4 voice, 5 webhook
) STRICT;
INSERT INTO customers VALUES(1,'Keroche Wine','Highway 71','+16175550101','customer1@grid.example',1,'[1,2,3]');
INSERT INTO customers VALUES(2,'Tyson Food','Highway 71','+16175550102','customer2@grid.example',1,'[1,2,3]');
INSERT INTO customers VALUES(3,'Wallmart SF HQ','Highway 71','+16175550103','customer3@grid.example',2,'[1,2,3,4]');
INSERT INTO customers VALUES(4,'Amazon Wareshouse','Highway 71','+16175550104','customer4@grid.example',2,'[1,2,3]');
INSERT INTO customers VALUES(5,'Bacon Steal Meals','Highway 71','+16175550105','customer5@grid.example',3,'[1,2,3]');
INSERT INTO customers VALUES(6,'Simba Jungle Food Produceee','Highway 71','+16175550106','customer6@grid.example',3,'[1,2,3]');
INSERT INTO customers VALUES(7,'Walmart4','Highway 71','+16175550107','customer7@grid.example',4,'[1,2,3]');
INSERT INTO customers VALUES(8,'Customer - no dipatch','Highway 71','+16175550108','customer8@grid.example',5,'[]');
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
INSERT INTO incidents VALUES(2,'9646ecca-81f8-41f9-90e6-ccdbe804ea70','740ba8a8-5029-4136-934f-a1d6a99df5c2',2,'after_purge','08/27/2099 21:00','08/27/2099 22:00',4091572800000000,4091576400000000,0,0,1795626143386329,1795626143386329,NULL);
INSERT INTO incidents VALUES(3,'984fb588-5d8e-41e9-853f-799222631362','4fd4a102-3150-47e9-9c32-4887f026ce18',3,'open','08/28/2099 21:00',NULL,4091659200000000,NULL,0,0,1795626144510829,1795626144510829,1795626144599936);
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
INSERT INTO dispatches VALUES(2,3,'email',0,'325ac6b0-ab59-5145-bd86-aa2c7467e183',0,2,'PG&E Easy Nights','Wallmart SF HQ','Dear Voltan, You have been dispatched as part of the Program "PG&E Easy Nights". Please have your full curtailment plan in effect between the hours of 08/27/2099 21:00 and 08/27/2099 22:00','',1795626143386329,1795626143386329,'failed',1,NULL,NULL,'no sender is configured for email: not sent',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO dispatches VALUES(2,3,'text',1,'10812d88-520b-5cf9-a87a-deb4fb4162ce',0,2,'PG&E Easy Nights','Wallmart SF HQ','Dear Voltan, You have been dispatched as part of the Program "PG&E Easy Nights". Please have your full curtailment plan in effect between the hours of 08/27/2099 21:00 and 08/27/2099 22:00','',1795626143386329,1795626143386329,'failed',1,NULL,NULL,'no sender is configured for text: not sent',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO dispatches VALUES(2,3,'voice',3,'39b3fb05-0f10-52c8-aebb-b2c4849f703b',0,2,'PG&E Easy Nights','Wallmart SF HQ','Dear Voltan, You have been dispatched as part of the Program "PG&E Easy Nights". Please have your full curtailment plan in effect between the hours of 08/27/2099 21:00 and 08/27/2099 22:00','',1795626143386329,1795626143386329,'failed',1,NULL,NULL,'no sender is configured for voice: not sent',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO dispatches VALUES(2,3,'websocket',2,'8ac9a2c1-37cd-540f-83fc-6d1e96604114',0,2,'PG&E Easy Nights','Wallmart SF HQ','Dear Voltan, You have been dispatched as part of the Program "PG&E Easy Nights". Please have your full curtailment plan in effect between the hours of 08/27/2099 21:00 and 08/27/2099 22:00','',1795626143386329,1795626143386329,'pending',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO dispatches VALUES(2,4,'email',0,'d65f3e28-d70c-54bf-b577-e2511dd62a69',0,2,'PG&E Easy Nights','Amazon Wareshouse','Dear Voltan, You have been dispatched as part of the Program "PG&E Easy Nights". Please have your full curtailment plan in effect between the hours of 08/27/2099 21:00 and 08/27/2099 22:00','',1795626143386329,1795626143386329,'failed',1,NULL,NULL,'no sender is configured for email: not sent',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO dispatches VALUES(2,4,'text',1,'19043a42-3ac4-55e0-bb97-84f977e7292e',0,2,'PG&E Easy Nights','Amazon Wareshouse','Dear Voltan, You have been dispatched as part of the Program "PG&E Easy Nights". Please have your full curtailment plan in effect between the hours of 08/27/2099 21:00 and 08/27/2099 22:00','',1795626143386329,1795626143386329,'failed',1,NULL,NULL,'no sender is configured for text: not sent',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO dispatches VALUES(2,4,'websocket',2,'ce92882d-1d43-5ebe-b20b-b9e8ab006f24',0,2,'PG&E Easy Nights','Amazon Wareshouse','Dear Voltan, You have been dispatched as part of the Program "PG&E Easy Nights". Please have your full curtailment plan in effect between the hours of 08/27/2099 21:00 and 08/27/2099 22:00','',1795626143386329,1795626143386329,'pending',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO dispatches VALUES(3,5,'email',0,'1cc854e4-e288-504c-8098-67e05babf43e',0,3,'Festus Kilowatts Saver','Bacon Steal Meals','Dear Voltan, You have been dispatched as part of the Program "Festus Kilowatts Saver". Please have your full curtailment plan in effect between the hours of 08/28/2099 21:00 and further notice','',1795626144510829,1795626144510829,'failed',1,NULL,NULL,'no sender is configured for email: not sent',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO dispatches VALUES(3,5,'text',1,'6d9739f5-e6ea-56ef-8e3d-b110330782b2',0,3,'Festus Kilowatts Saver','Bacon Steal Meals','Dear Voltan, You have been dispatched as part of the Program "Festus Kilowatts Saver". Please have your full curtailment plan in effect between the hours of 08/28/2099 21:00 and further notice','',1795626144510829,1795626144510829,'failed',1,NULL,NULL,'no sender is configured for text: not sent',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO dispatches VALUES(3,5,'websocket',2,'492da042-f460-537c-89a6-e608e3387250',0,3,'Festus Kilowatts Saver','Bacon Steal Meals','Dear Voltan, You have been dispatched as part of the Program "Festus Kilowatts Saver". Please have your full curtailment plan in effect between the hours of 08/28/2099 21:00 and further notice','',1795626144510829,1795626144510829,'withdrawn',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO dispatches VALUES(3,6,'email',0,'e3192cc3-540c-551a-8432-3521867dcf73',0,3,'Festus Kilowatts Saver','Simba Jungle Food Produceee','Dear Voltan, You have been dispatched as part of the Program "Festus Kilowatts Saver". Please have your full curtailment plan in effect between the hours of 08/28/2099 21:00 and further notice','',1795626144510829,1795626144510829,'failed',1,NULL,NULL,'no sender is configured for email: not sent',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO dispatches VALUES(3,6,'text',1,'d2f834e4-c069-522e-a4b3-e5fd39ec1c4f',0,3,'Festus Kilowatts Saver','Simba Jungle Food Produceee','Dear Voltan, You have been dispatched as part of the Program "Festus Kilowatts Saver". Please have your full curtailment plan in effect between the hours of 08/28/2099 21:00 and further notice','',1795626144510829,1795626144510829,'failed',1,NULL,NULL,'no sender is configured for text: not sent',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO dispatches VALUES(3,6,'websocket',2,'d61de150-725b-59d4-9e60-d5ec38c823b7',0,3,'Festus Kilowatts Saver','Simba Jungle Food Produceee','Dear Voltan, You have been dispatched as part of the Program "Festus Kilowatts Saver". Please have your full curtailment plan in effect between the hours of 08/28/2099 21:00 and further notice','',1795626144510829,1795626144510829,'withdrawn',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO journal VALUES(1,NULL,1795626141736529,'roster.replaced',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"customers":[{"address":"Highway 71","email":"customer1@grid.example","id":1,"methods":[1,2,3],"name":"Keroche Wine","phone":"+16175550101","program":1},{"address":"Highway 71","email":"customer2@grid.example","id":2,"methods":[1,2,3],"name":"Tyson Food","phone":"+16175550102","program":1},{"address":"Highway 71","email":"customer3@grid.example","id":3,"methods":[1,2,3,4],"name":"Wallmart SF HQ","phone":"+16175550103","program":2},{"address":"Highway 71","email":"customer4@grid.example","id":4,"methods":[1,2,3],"name":"Amazon Wareshouse","phone":"+16175550104","program":2},{"address":"Highway 71","email":"customer5@grid.example","id":5,"methods":[1,2,3],"name":"Bacon Steal Meals","phone":"+16175550105","program":3},{"address":"Highway 71","email":"customer6@grid.example","id":6,"methods":[1,2,3],"name":"Simba Jungle Food Produceee","phone":"+16175550106","program":3},{"address":"Highway 71","email":"customer7@grid.example","id":7,"methods":[1,2,3],"name":"Walmart4","phone":"+16175550107","program":4},{"address":"Highway 71","email":"customer8@grid.example","id":8,"methods":[],"name":"Customer - no dipatch","phone":"+16175550108","program":5}],"programs":[{"id":1,"name":"Green Mountain Energy Cool Mornings","timeZone":"America/Los_Angeles"},{"id":2,"name":"PG&E Easy Nights","timeZone":"America/Los_Angeles"},{"id":3,"name":"Festus Kilowatts Saver","timeZone":"America/Los_Angeles"},{"id":4,"name":"New Power New Grid","timeZone":"America/Los_Angeles"},{"id":5,"name":"Funny Games Power Saver","timeZone":"America/Los_Angeles"}]}');
INSERT INTO journal VALUES(2,1,1795626141736529,'roster.recorded',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'5 programs, 8 customers');
INSERT INTO journal VALUES(3,NULL,1795626141736529,'started',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(4,NULL,1795626141986948,'incident.requested','a0714d74-9160-4042-837d-5f3b0ac9217d',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"correlation":"a0714d74-9160-4042-837d-5f3b0ac9217d","end":4091576400000000,"endText":"08/27/2099 22:00","eventType":"market_dispatch","id":"cebea75f-007d-4872-87a8-0403dbd40aba","program":1,"start":4091572800000000,"startText":"08/27/2099 21:00","test":false}');
INSERT INTO journal VALUES(5,4,1795626141986948,'incident.recorded',NULL,NULL,NULL,1,NULL,NULL,0,NULL,'open',NULL,'market_dispatch from 2099-08-28T04:00:00Z to 2099-08-28T05:00:00Z');
INSERT INTO journal VALUES(6,4,1795626141986948,'dispatch.recorded',NULL,NULL,NULL,1,1,'email',0,NULL,'sending',8359611277646973208,NULL);
INSERT INTO journal VALUES(7,4,1795626141986948,'send',NULL,NULL,NULL,1,1,'email',0,1,'dispatch',8359611277646973208,'customer1@grid.example');
INSERT INTO journal VALUES(8,4,1795626141986948,'dispatch.recorded',NULL,NULL,NULL,1,1,'text',0,NULL,'sending',8359611277646973208,NULL);
INSERT INTO journal VALUES(9,4,1795626141986948,'send',NULL,NULL,NULL,1,1,'text',0,1,'dispatch',8359611277646973208,'+16175550101');
INSERT INTO journal VALUES(10,4,1795626141986948,'dispatch.recorded',NULL,NULL,NULL,1,1,'websocket',0,NULL,'pending',8359611277646973208,NULL);
INSERT INTO journal VALUES(11,4,1795626141986948,'dispatch.recorded',NULL,NULL,NULL,1,2,'email',0,NULL,'sending',8359611277646973208,NULL);
INSERT INTO journal VALUES(12,4,1795626141986948,'send',NULL,NULL,NULL,1,2,'email',0,1,'dispatch',8359611277646973208,'customer2@grid.example');
INSERT INTO journal VALUES(13,4,1795626141986948,'dispatch.recorded',NULL,NULL,NULL,1,2,'text',0,NULL,'sending',8359611277646973208,NULL);
INSERT INTO journal VALUES(14,4,1795626141986948,'send',NULL,NULL,NULL,1,2,'text',0,1,'dispatch',8359611277646973208,'+16175550102');
INSERT INTO journal VALUES(15,4,1795626141986948,'dispatch.recorded',NULL,NULL,NULL,1,2,'websocket',0,NULL,'pending',8359611277646973208,NULL);
INSERT INTO journal VALUES(16,4,1795626141986948,'answer.incident',NULL,1,NULL,1,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(17,NULL,1795626142120639,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 1 email 0 dispatch 1 failed-for-good no sender is configured for email: not sent');
INSERT INTO journal VALUES(18,17,1795626142120639,'delivery.recorded',NULL,NULL,NULL,1,1,'email',0,1,'failed',NULL,'no sender is configured for email: not sent');
INSERT INTO journal VALUES(19,NULL,1795626142120639,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 1 text 0 dispatch 1 failed-for-good no sender is configured for text: not sent');
INSERT INTO journal VALUES(20,19,1795626142120639,'delivery.recorded',NULL,NULL,NULL,1,1,'text',0,1,'failed',NULL,'no sender is configured for text: not sent');
INSERT INTO journal VALUES(21,NULL,1795626142120639,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 2 email 0 dispatch 1 failed-for-good no sender is configured for email: not sent');
INSERT INTO journal VALUES(22,21,1795626142120639,'delivery.recorded',NULL,NULL,NULL,1,2,'email',0,1,'failed',NULL,'no sender is configured for email: not sent');
INSERT INTO journal VALUES(23,NULL,1795626142120639,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 2 text 0 dispatch 1 failed-for-good no sender is configured for text: not sent');
INSERT INTO journal VALUES(24,23,1795626142120639,'delivery.recorded',NULL,NULL,NULL,1,2,'text',0,1,'failed',NULL,'no sender is configured for text: not sent');
INSERT INTO journal VALUES(25,NULL,1795626142876564,'started',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(26,NULL,1795626143117495,'incident.changed',NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"end":4091581800000000,"endText":"08/27/2099 23:30","id":"cebea75f-007d-4872-87a8-0403dbd40aba"}');
INSERT INTO journal VALUES(27,26,1795626143117495,'incident.recorded',NULL,NULL,NULL,1,NULL,NULL,1,NULL,'open',NULL,'market_dispatch from 2099-08-28T04:00:00Z to 2099-08-28T06:30:00Z');
INSERT INTO journal VALUES(28,26,1795626143117495,'dispatch.recorded',NULL,NULL,NULL,1,1,'email',1,NULL,'sending',5434134131317101502,NULL);
INSERT INTO journal VALUES(29,26,1795626143117495,'send',NULL,NULL,NULL,1,1,'email',1,1,'dispatch',5434134131317101502,'customer1@grid.example');
INSERT INTO journal VALUES(30,26,1795626143117495,'dispatch.recorded',NULL,NULL,NULL,1,1,'text',1,NULL,'sending',5434134131317101502,NULL);
INSERT INTO journal VALUES(31,26,1795626143117495,'send',NULL,NULL,NULL,1,1,'text',1,1,'dispatch',5434134131317101502,'+16175550101');
INSERT INTO journal VALUES(32,26,1795626143117495,'dispatch.recorded',NULL,NULL,NULL,1,1,'websocket',1,NULL,'pending',5434134131317101502,NULL);
INSERT INTO journal VALUES(33,26,1795626143117495,'dispatch.recorded',NULL,NULL,NULL,1,2,'email',1,NULL,'sending',5434134131317101502,NULL);
INSERT INTO journal VALUES(34,26,1795626143117495,'send',NULL,NULL,NULL,1,2,'email',1,1,'dispatch',5434134131317101502,'customer2@grid.example');
INSERT INTO journal VALUES(35,26,1795626143117495,'dispatch.recorded',NULL,NULL,NULL,1,2,'text',1,NULL,'sending',5434134131317101502,NULL);
INSERT INTO journal VALUES(36,26,1795626143117495,'send',NULL,NULL,NULL,1,2,'text',1,1,'dispatch',5434134131317101502,'+16175550102');
INSERT INTO journal VALUES(37,26,1795626143117495,'dispatch.recorded',NULL,NULL,NULL,1,2,'websocket',1,NULL,'pending',5434134131317101502,NULL);
INSERT INTO journal VALUES(38,26,1795626143117495,'answer.incident',NULL,1,NULL,1,NULL,NULL,1,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(39,NULL,1795626143139011,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 1 email 1 dispatch 1 failed-for-good no sender is configured for email: not sent');
INSERT INTO journal VALUES(40,39,1795626143139011,'delivery.recorded',NULL,NULL,NULL,1,1,'email',1,1,'failed',NULL,'no sender is configured for email: not sent');
INSERT INTO journal VALUES(41,NULL,1795626143139011,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 1 text 1 dispatch 1 failed-for-good no sender is configured for text: not sent');
INSERT INTO journal VALUES(42,41,1795626143139011,'delivery.recorded',NULL,NULL,NULL,1,1,'text',1,1,'failed',NULL,'no sender is configured for text: not sent');
INSERT INTO journal VALUES(43,NULL,1795626143139011,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 2 email 1 dispatch 1 failed-for-good no sender is configured for email: not sent');
INSERT INTO journal VALUES(44,43,1795626143139011,'delivery.recorded',NULL,NULL,NULL,1,2,'email',1,1,'failed',NULL,'no sender is configured for email: not sent');
INSERT INTO journal VALUES(45,NULL,1795626143139011,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'1 2 text 1 dispatch 1 failed-for-good no sender is configured for text: not sent');
INSERT INTO journal VALUES(46,45,1795626143139011,'delivery.recorded',NULL,NULL,NULL,1,2,'text',1,1,'failed',NULL,'no sender is configured for text: not sent');
INSERT INTO journal VALUES(47,NULL,1795626143203847,'purged',NULL,2,NULL,NULL,NULL,NULL,NULL,NULL,'dispatches',NULL,NULL);
INSERT INTO journal VALUES(48,47,1795626143203847,'purge.recorded',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'dispatches',NULL,NULL);
INSERT INTO journal VALUES(49,47,1795626143203847,'answer.done',NULL,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(50,NULL,1795626143386329,'incident.requested','740ba8a8-5029-4136-934f-a1d6a99df5c2',3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"correlation":"740ba8a8-5029-4136-934f-a1d6a99df5c2","end":4091576400000000,"endText":"08/27/2099 22:00","eventType":"after_purge","id":"9646ecca-81f8-41f9-90e6-ccdbe804ea70","program":2,"start":4091572800000000,"startText":"08/27/2099 21:00","test":false}');
INSERT INTO journal VALUES(51,50,1795626143386329,'incident.recorded',NULL,NULL,NULL,2,NULL,NULL,0,NULL,'open',NULL,'after_purge from 2099-08-28T04:00:00Z to 2099-08-28T05:00:00Z');
INSERT INTO journal VALUES(52,50,1795626143386329,'dispatch.recorded',NULL,NULL,NULL,2,3,'email',0,NULL,'sending',-3790782350807482919,NULL);
INSERT INTO journal VALUES(53,50,1795626143386329,'send',NULL,NULL,NULL,2,3,'email',0,1,'dispatch',-3790782350807482919,'customer3@grid.example');
INSERT INTO journal VALUES(54,50,1795626143386329,'dispatch.recorded',NULL,NULL,NULL,2,3,'text',0,NULL,'sending',-3790782350807482919,NULL);
INSERT INTO journal VALUES(55,50,1795626143386329,'send',NULL,NULL,NULL,2,3,'text',0,1,'dispatch',-3790782350807482919,'+16175550103');
INSERT INTO journal VALUES(56,50,1795626143386329,'dispatch.recorded',NULL,NULL,NULL,2,3,'websocket',0,NULL,'pending',-3790782350807482919,NULL);
INSERT INTO journal VALUES(57,50,1795626143386329,'dispatch.recorded',NULL,NULL,NULL,2,3,'voice',0,NULL,'sending',-3790782350807482919,NULL);
INSERT INTO journal VALUES(58,50,1795626143386329,'send',NULL,NULL,NULL,2,3,'voice',0,1,'dispatch',-3790782350807482919,'+16175550103');
INSERT INTO journal VALUES(59,50,1795626143386329,'dispatch.recorded',NULL,NULL,NULL,2,4,'email',0,NULL,'sending',-3790782350807482919,NULL);
INSERT INTO journal VALUES(60,50,1795626143386329,'send',NULL,NULL,NULL,2,4,'email',0,1,'dispatch',-3790782350807482919,'customer4@grid.example');
INSERT INTO journal VALUES(61,50,1795626143386329,'dispatch.recorded',NULL,NULL,NULL,2,4,'text',0,NULL,'sending',-3790782350807482919,NULL);
INSERT INTO journal VALUES(62,50,1795626143386329,'send',NULL,NULL,NULL,2,4,'text',0,1,'dispatch',-3790782350807482919,'+16175550104');
INSERT INTO journal VALUES(63,50,1795626143386329,'dispatch.recorded',NULL,NULL,NULL,2,4,'websocket',0,NULL,'pending',-3790782350807482919,NULL);
INSERT INTO journal VALUES(64,50,1795626143386329,'answer.incident',NULL,3,NULL,2,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(65,NULL,1795626143406523,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 3 email 0 dispatch 1 failed-for-good no sender is configured for email: not sent');
INSERT INTO journal VALUES(66,65,1795626143406523,'delivery.recorded',NULL,NULL,NULL,2,3,'email',0,1,'failed',NULL,'no sender is configured for email: not sent');
INSERT INTO journal VALUES(67,NULL,1795626143406523,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 3 text 0 dispatch 1 failed-for-good no sender is configured for text: not sent');
INSERT INTO journal VALUES(68,67,1795626143406523,'delivery.recorded',NULL,NULL,NULL,2,3,'text',0,1,'failed',NULL,'no sender is configured for text: not sent');
INSERT INTO journal VALUES(69,NULL,1795626143406523,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 3 voice 0 dispatch 1 failed-for-good no sender is configured for voice: not sent');
INSERT INTO journal VALUES(70,69,1795626143406523,'delivery.recorded',NULL,NULL,NULL,2,3,'voice',0,1,'failed',NULL,'no sender is configured for voice: not sent');
INSERT INTO journal VALUES(71,NULL,1795626143406523,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 4 email 0 dispatch 1 failed-for-good no sender is configured for email: not sent');
INSERT INTO journal VALUES(72,71,1795626143406523,'delivery.recorded',NULL,NULL,NULL,2,4,'email',0,1,'failed',NULL,'no sender is configured for email: not sent');
INSERT INTO journal VALUES(73,NULL,1795626143406523,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2 4 text 0 dispatch 1 failed-for-good no sender is configured for text: not sent');
INSERT INTO journal VALUES(74,73,1795626143406523,'delivery.recorded',NULL,NULL,NULL,2,4,'text',0,1,'failed',NULL,'no sender is configured for text: not sent');
INSERT INTO journal VALUES(75,NULL,1795626144210554,'started',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(76,NULL,1795626144510829,'incident.requested','4fd4a102-3150-47e9-9c32-4887f026ce18',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"correlation":"4fd4a102-3150-47e9-9c32-4887f026ce18","eventType":"open","id":"984fb588-5d8e-41e9-853f-799222631362","program":3,"start":4091659200000000,"startText":"08/28/2099 21:00","test":false}');
INSERT INTO journal VALUES(77,76,1795626144510829,'incident.recorded',NULL,NULL,NULL,3,NULL,NULL,0,NULL,'open',NULL,'open from 2099-08-29T04:00:00Z to an end to be told');
INSERT INTO journal VALUES(78,76,1795626144510829,'dispatch.recorded',NULL,NULL,NULL,3,5,'email',0,NULL,'sending',7526271823680590347,NULL);
INSERT INTO journal VALUES(79,76,1795626144510829,'send',NULL,NULL,NULL,3,5,'email',0,1,'dispatch',7526271823680590347,'customer5@grid.example');
INSERT INTO journal VALUES(80,76,1795626144510829,'dispatch.recorded',NULL,NULL,NULL,3,5,'text',0,NULL,'sending',7526271823680590347,NULL);
INSERT INTO journal VALUES(81,76,1795626144510829,'send',NULL,NULL,NULL,3,5,'text',0,1,'dispatch',7526271823680590347,'+16175550105');
INSERT INTO journal VALUES(82,76,1795626144510829,'dispatch.recorded',NULL,NULL,NULL,3,5,'websocket',0,NULL,'pending',7526271823680590347,NULL);
INSERT INTO journal VALUES(83,76,1795626144510829,'dispatch.recorded',NULL,NULL,NULL,3,6,'email',0,NULL,'sending',7526271823680590347,NULL);
INSERT INTO journal VALUES(84,76,1795626144510829,'send',NULL,NULL,NULL,3,6,'email',0,1,'dispatch',7526271823680590347,'customer6@grid.example');
INSERT INTO journal VALUES(85,76,1795626144510829,'dispatch.recorded',NULL,NULL,NULL,3,6,'text',0,NULL,'sending',7526271823680590347,NULL);
INSERT INTO journal VALUES(86,76,1795626144510829,'send',NULL,NULL,NULL,3,6,'text',0,1,'dispatch',7526271823680590347,'+16175550106');
INSERT INTO journal VALUES(87,76,1795626144510829,'dispatch.recorded',NULL,NULL,NULL,3,6,'websocket',0,NULL,'pending',7526271823680590347,NULL);
INSERT INTO journal VALUES(88,76,1795626144510829,'answer.incident',NULL,1,NULL,3,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO journal VALUES(89,NULL,1795626144531708,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'3 5 email 0 dispatch 1 failed-for-good no sender is configured for email: not sent');
INSERT INTO journal VALUES(90,89,1795626144531708,'delivery.recorded',NULL,NULL,NULL,3,5,'email',0,1,'failed',NULL,'no sender is configured for email: not sent');
INSERT INTO journal VALUES(91,NULL,1795626144531708,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'3 5 text 0 dispatch 1 failed-for-good no sender is configured for text: not sent');
INSERT INTO journal VALUES(92,91,1795626144531708,'delivery.recorded',NULL,NULL,NULL,3,5,'text',0,1,'failed',NULL,'no sender is configured for text: not sent');
INSERT INTO journal VALUES(93,NULL,1795626144531708,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'3 6 email 0 dispatch 1 failed-for-good no sender is configured for email: not sent');
INSERT INTO journal VALUES(94,93,1795626144531708,'delivery.recorded',NULL,NULL,NULL,3,6,'email',0,1,'failed',NULL,'no sender is configured for email: not sent');
INSERT INTO journal VALUES(95,NULL,1795626144531708,'deliveries.reported',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'3 6 text 0 dispatch 1 failed-for-good no sender is configured for text: not sent');
INSERT INTO journal VALUES(96,95,1795626144531708,'delivery.recorded',NULL,NULL,NULL,3,6,'text',0,1,'failed',NULL,'no sender is configured for text: not sent');
INSERT INTO journal VALUES(97,NULL,1795626144599936,'incident.cancelled',NULL,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"id":"984fb588-5d8e-41e9-853f-799222631362"}');
INSERT INTO journal VALUES(98,97,1795626144599936,'incident.recorded',NULL,NULL,NULL,3,NULL,NULL,0,NULL,'cancelled',NULL,'open from 2099-08-29T04:00:00Z to an end to be told');
INSERT INTO journal VALUES(99,97,1795626144599936,'delivery.recorded',NULL,NULL,NULL,3,5,'websocket',0,0,'withdrawn',NULL,NULL);
INSERT INTO journal VALUES(100,97,1795626144599936,'delivery.recorded',NULL,NULL,NULL,3,6,'websocket',0,0,'withdrawn',NULL,NULL);
INSERT INTO journal VALUES(101,97,1795626144599936,'answer.incident',NULL,2,NULL,3,NULL,NULL,0,NULL,NULL,NULL,NULL);
CREATE TABLE script (
    position INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,              -- incident, modify, cancel
    name TEXT NOT NULL,              -- the scenario's name for the incident
    due_at INTEGER NOT NULL,
    incident INTEGER,                -- NULL: it was refused
    committed_at INTEGER,
    refusal TEXT
) STRICT;
CREATE TABLE journal_formats (
    first_sequence INTEGER PRIMARY KEY,
    format INTEGER NOT NULL,
    last_sequence INTEGER NOT NULL,  -- as of the last commit
    digest INTEGER NOT NULL          -- of every column of the rows from first to last: tells of a byte that has changed
) STRICT;
INSERT INTO journal_formats VALUES(1,2,101,-9114582170436805130);
