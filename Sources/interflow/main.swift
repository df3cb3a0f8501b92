Interflow.main()
