SignatureCommand.run()
