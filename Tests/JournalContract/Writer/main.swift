JournalWriter.main()
