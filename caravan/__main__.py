from caravan.project.cli import main

main()
