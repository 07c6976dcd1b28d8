package macroscope.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import macroscope.machine.lookup.LookupSlices;

/**
 * Cache slices that look products up, as their YAML file has them. Every number names a source.
 *
 * @param kind {@code lookup_slices}
 * @param name must be the name of the file
 * @param description what it is
 * @param sources keys and citations
 * @param clockMegahertz clock of an array's steps
 * @param slices slices of the cache
 * @param arraysPerSlice arrays of a slice that compute
 * @param lines bit lines of an array
 * @param group weights whose sums one table has
 * @param sumBits bits of a running sum
 * @param savedLookups part of lookups that recurring patterns save
 * @param activationBits by element format the bits that are looked up one after another
 * @param weightBits bits of the widest weight
 * @param outerGigabytesPerSecond bandwidth of external memory
 * @param place where the file's top is
 */
public record LookupSlicesFile(
    MachineKind kind,
    String name,
    String description,
    Map<String, String> sources,
    Sourced clockMegahertz,
    Sourced slices,
    Sourced arraysPerSlice,
    Sourced lines,
    Sourced group,
    Sourced sumBits,
    Sourced savedLookups,
    Map<String, Sourced> activationBits,
    Sourced weightBits,
    Sourced outerGigabytesPerSecond,
    Place place) {

  /** The file's record, its sources checked. */
  public static LookupSlicesFile read(Path file) {
    MachineKind.LOOKUP_SLICES.require(file);
    LookupSlicesFile read = Yaml.read(file, LookupSlicesFile.class);
    read.numbers();
    return read;
  }

  /** All its numbers with their sources. */
  public List<MachineNumber> numbers() {
    return MachineNumber.of(this, sources);
  }

  /** The slices that this describes. */
  public LookupSlices machine() {
    Map<String, Integer> bits = new HashMap<>();
    activationBits.forEach((format, number) -> bits.put(format, number.whole()));
    return place.checked(
        () ->
            new LookupSlices(
                name,
                clockMegahertz.value(),
                Math.multiplyExact(slices.whole(), arraysPerSlice.whole()),
                lines.whole(),
                group.whole(),
                sumBits.whole(),
                savedLookups.value(),
                bits,
                weightBits.whole(),
                outerGigabytesPerSecond.value()));
  }
}
