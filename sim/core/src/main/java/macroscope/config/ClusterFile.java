package macroscope.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import macroscope.machine.cluster.CoreCluster;

/**
 * A cluster of small cores as its YAML file has it. Every number names a source.
 *
 * @param kind {@code cluster}
 * @param name must be the name of the file
 * @param description what it is
 * @param sources keys and citations
 * @param clockMegahertz clock
 * @param cores cores that compute
 * @param floatingPointUnits units that they share
 * @param resultCycles cycles of a result outside the inner loop
 * @param fitted constants that are fitted on measurements
 * @param place where the file's top is
 */
public record ClusterFile(
    MachineKind kind,
    String name,
    String description,
    Map<String, String> sources,
    Sourced clockMegahertz,
    Sourced cores,
    Sourced floatingPointUnits,
    Sourced resultCycles,
    FittedPart fitted,
    Place place) {

  /** What is fitted. */
  public record FittedPart(Sourced copyCycles) {}

  /** The file's record, its sources checked. */
  public static ClusterFile read(Path file) {
    MachineKind.CLUSTER.require(file);
    ClusterFile read = Yaml.read(file, ClusterFile.class);
    read.numbers();
    return read;
  }

  /** All its numbers with their sources. */
  public List<MachineNumber> numbers() {
    return MachineNumber.of(this, sources);
  }

  /** The cluster that this describes. */
  public CoreCluster cluster() {
    return place.checked(
        () ->
            new CoreCluster(
                name,
                clockMegahertz.value(),
                cores.whole(),
                floatingPointUnits.whole(),
                resultCycles.value(),
                fitted.copyCycles().value()));
  }
}
