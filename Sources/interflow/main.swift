print("interflow")
