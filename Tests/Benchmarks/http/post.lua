-- The same POST for both servers: what `interflow bench http` sends.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"channel":"sms","from":"+49000000000001","text":"' .. string.rep("x", 200) .. '"}'
