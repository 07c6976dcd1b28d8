package macroscope.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import macroscope.cost.Provenance;
import macroscope.fpga.FabricClock;
import macroscope.fpga.FpgaDevice;
import macroscope.fpga.Resource;
import macroscope.fpga.Resources;
import macroscope.unit.DspSlice;

/**
 * A programmable device as its YAML file has it. Every number names a source of the {@code sources}
 * table.
 *
 * @param name must be the name of the file
 * @param part ordering name of the part or card
 * @param description what to know before using it
 * @param dsp its DSP slices
 * @param technology prices of its logic: a shipped technology or a path
 * @param sources keys and citations
 * @param clockMegahertz clock of a design
 * @param available by resource, how many there are
 * @param usable by resource, the fraction that designs may fill; all of it if missing
 * @param fabric delays of its logic; if missing, no design is held against them
 * @param place where the file's top is
 */
public record DeviceFile(
    String name,
    String part,
    String description,
    DspSlice dsp,
    Located<String> technology,
    Map<String, String> sources,
    Number clockMegahertz,
    Map<String, Number> available,
    Optional<Map<String, Number>> usable,
    Optional<Fabric> fabric,
    Place place) {

  private static final List<String> RESOURCES =
      Arrays.stream(Resource.values()).map(r -> r.name().toLowerCase(Locale.ROOT)).toList();

  /** A number with its source. {@code how} says how a derived one came about. */
  public record Number(
      double value, String source, Provenance provenance, Optional<String> how, Place place) {}

  /**
   * Delays of logic.
   *
   * @param technology what they were measured on: a shipped technology or a path
   * @param speed how many times as fast the same design is on this device
   */
  public record Fabric(Located<String> technology, Number speed, Place place) {
    private FabricClock clock() {
      return place.checked(
          () ->
              new FabricClock(
                  technology.place().checked(() -> TechnologyFile.find(technology.value())),
                  speed.value()));
    }
  }

  /** The file of a device. */
  public static DeviceFile read(Path file) {
    DeviceFile read = Yaml.read(file, DeviceFile.class);
    read.requireSources();
    return read;
  }

  /** The file of a shipped name or of a path. */
  public static DeviceFile find(String nameOrPath) {
    return read(shipped().resolve(nameOrPath));
  }

  /** The devices that come with Macroscope. */
  public static ConfigFolder shipped() {
    return ConfigFolder.shipped("devices", "device");
  }

  /** The device that this describes. */
  public FpgaDevice device() {
    Map<Resource, Double> all = new EnumMap<>(Resource.class);
    for (Resource resource : Resource.values()) {
      all.put(resource, 1.0);
    }
    usable.ifPresent(fractions -> all.putAll(amounts(fractions)));
    return place.checked(
        () ->
            new FpgaDevice(
                name,
                part,
                dsp,
                new Resources(amounts(available)),
                new Resources(all),
                clockMegahertz.value(),
                technology.place().checked(() -> TechnologyFile.find(technology.value())),
                fabric.map(Fabric::clock)));
  }

  private static Map<Resource, Double> amounts(Map<String, Number> numbers) {
    Map<Resource, Double> amounts = new EnumMap<>(Resource.class);
    numbers.forEach(
        (key, number) -> {
          if (!RESOURCES.contains(key)) {
            throw number.place().refuse("unknown resource" + Names.hint(key, RESOURCES));
          }
          if (!(number.value() >= 0)) {
            throw number.place().refuse("must be at least 0: " + number.value());
          }
          amounts.put(Resource.valueOf(key.toUpperCase(Locale.ROOT)), number.value());
        });
    return amounts;
  }

  private void requireSources() {
    requireSource(clockMegahertz);
    available.values().forEach(this::requireSource);
    usable.ifPresent(fractions -> fractions.values().forEach(this::requireSource));
    fabric.ifPresent(f -> requireSource(f.speed()));
  }

  private void requireSource(Number number) {
    if (!sources.containsKey(number.source())) {
      throw number
          .place()
          .refuse(
              "unknown source " + number.source() + Names.hint(number.source(), sources.keySet()));
    }
  }

  /** All its numbers, for listings of machines made of it. */
  public List<MachineNumber> numbers() {
    List<MachineNumber> numbers = new ArrayList<>();
    numbers.add(listed("device.clock_megahertz", clockMegahertz));
    available.forEach((key, number) -> numbers.add(listed("device.available." + key, number)));
    usable.ifPresent(
        all -> all.forEach((key, number) -> numbers.add(listed("device.usable." + key, number))));
    fabric.ifPresent(f -> numbers.add(listed("device.fabric.speed", f.speed())));
    return numbers;
  }

  private MachineNumber listed(String path, Number number) {
    Sourced sourced =
        new Sourced(
            number.value(), number.source(), number.provenance(), number.how(), number.place());
    return new MachineNumber(
        path, sourced, Optional.ofNullable(sources.get(number.source())).orElse(""));
  }

  /** What a number rests on: how far it can be trusted, and its citation. */
  public String cited(Number number) {
    return number.provenance().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + "; "
        + sources.get(number.source())
        + number.how().map(h -> "; " + h).orElse("");
  }
}
