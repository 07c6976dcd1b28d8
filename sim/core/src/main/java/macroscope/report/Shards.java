package macroscope.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import macroscope.input.InputException;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Measurement;

/**
 * The measurements of runs of one sweep, or of parts of it, taken together. Nothing is taken that
 * another run contradicts, or that the sweep does not ask for: that was measured by another build of
 * the program or on other data.
 */
public final class Shards {

  private final String sweepDigest;
  private final Map<String, DesignPoint> wanted;
  private final Map<String, Measurement> found = new LinkedHashMap<>();
  private final Map<String, Path> origins = new LinkedHashMap<>();

  /**
   * @param sweepDigest tells the sweep file
   * @param wanted keys of the measurements that its points need, and who needs them
   */
  public Shards(String sweepDigest, Map<String, DesignPoint> wanted) {
    this.sweepDigest = sweepDigest;
    this.wanted = wanted;
  }

  /**
   * Takes what a run has measured.
   *
   * @throws InputException if the folder holds no run of the sweep, or what may not be taken
   */
  public void add(Path folder) throws IOException {
    Optional<RunFolder.Owner> owner =
        Files.isDirectory(folder) ? RunFolder.owner(folder) : Optional.empty();
    if (owner.isEmpty() || !owner.get().sweep().equals(sweepDigest)) {
      throw new InputException(folder.toString(), "holds no run of this sweep file");
    }
    Path journal = RunFolder.journal(folder);
    Map<String, Measurement> measured =
        Files.isRegularFile(journal) ? Journal.read(journal) : Map.of();
    long strangers = measured.keySet().stream().filter(key -> !wanted.containsKey(key)).count();
    if (strangers > 0) {
      throw new InputException(
          journal.toString(),
          "holds "
              + strangers
              + " measurements of another build of the program, or of another network or data");
    }
    measured.forEach((key, measurement) -> take(folder, key, measurement));
  }

  private void take(Path folder, String key, Measurement measurement) {
    Measurement other = found.putIfAbsent(key, measurement);
    Path origin = origins.putIfAbsent(key, folder);
    if (other != null && !other.equals(measurement)) {
      throw new InputException(
          folder.toString(), "contradicts " + origin + " in what it measured of: " + name(key));
    }
  }

  private String name(String key) {
    DesignPoint point = wanted.get(key);
    return point == null ? key : point.numerics();
  }

  /**
   * All measurements, in the order in which the sweep asks for them.
   *
   * @param place what is to be complete, for the message
   * @throws InputException if some are missing
   */
  public Map<String, Measurement> complete(String place) {
    List<String> missing = wanted.keySet().stream().filter(key -> !found.containsKey(key)).toList();
    if (!missing.isEmpty()) {
      throw new InputException(
          place,
          "these runs lack "
              + missing.size()
              + " of "
              + wanted.size()
              + " measurements; the first is: "
              + name(missing.get(0)));
    }
    Map<String, Measurement> all = new LinkedHashMap<>(wanted.size());
    wanted
        .keySet()
        .forEach(key -> Optional.ofNullable(found.get(key)).ifPresent(m -> all.put(key, m)));
    return all;
  }
}
