package macroscope.report;

import java.util.List;

/**
 * What a run was made from, so that it can be made again.
 *
 * @param command the command line that repeats it
 * @param sweepFile text of the sweep file
 * @param codeVersion digest of the program
 * @param files the files read
 */
public record RunInputs(String command, String sweepFile, String codeVersion, List<File> files) {

  /** A file read, by what it is, its path as given, and its SHA-256. */
  public record File(String what, String path, String sha256) {}

  public RunInputs {
    files = List.copyOf(files);
  }
}
