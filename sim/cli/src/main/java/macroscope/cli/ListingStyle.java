package macroscope.cli;

import java.io.PrintWriter;
import macroscope.report.Listing;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How a listing command prints: a table for people unless {@code --csv} or {@code --json}. */
final class ListingStyle {

  @ArgGroup(exclusive = true)
  private Choice choice = new Choice();

  private static final class Choice {
    @Option(names = "--csv", description = "Print CSV and nothing else.")
    private boolean csv;

    @Option(names = "--json", description = "Print JSON and nothing else.")
    private boolean json;
  }

  boolean csv() {
    return choice.csv;
  }

  boolean json() {
    return choice.json;
  }

  void print(Listing listing, PrintWriter out) {
    out.print(csv() ? listing.csv() : json() ? listing.json() : listing.table());
    out.flush();
  }
}
