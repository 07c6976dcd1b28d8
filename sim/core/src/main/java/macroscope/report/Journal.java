package macroscope.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import macroscope.accuracy.AccuracyResult;
import macroscope.accuracy.Metric;
import macroscope.hardware.Activity;
import macroscope.hardware.Stationary;
import macroscope.sweep.Measurement;
import macroscope.sweep.MeasurementStore;
import macroscope.unit.LookupCounts;

/**
 * Measurements in a file that is only appended to, one line of JSON each, so that whenever a run is
 * killed all but its last line are whole. A last line without its end is ignored.
 */
public final class Journal implements MeasurementStore, AutoCloseable {

  /** Numbers are written as text: JSON has no NaN, and a double is to come back bit for bit. */
  record Entry(
      String key,
      int samples,
      int nonFinite,
      String logits,
      String weightQsnrDecibels,
      List<Number> metrics,
      List<Long> lookups,
      List<Toggles> activity) {

    record Number(String name, String value, String standardError) {}

    record Toggles(Stationary stays, List<String> places) {
      static Toggles of(Stationary stays, Activity a) {
        return new Toggles(
            stays,
            Stream.of(a.operands(), a.products(), a.terms(), a.sums())
                .map(x -> Double.toString(x))
                .toList());
      }

      Activity activity() {
        double[] x = places.stream().mapToDouble(Double::parseDouble).toArray();
        return new Activity(x[0], x[1], x[2], x[3]);
      }
    }

    static Entry of(String key, Measurement m) {
      return new Entry(
          key,
          m.task().samples(),
          m.task().nonFiniteSamples(),
          m.task().logitsDigest(),
          Double.toString(m.weightQsnrDecibels()),
          m.task().metrics().stream()
              .map(
                  x ->
                      new Number(
                          x.name(), Double.toString(x.value()), Double.toString(x.standardError())))
              .toList(),
          m.lookups().map(Entry::numbers).orElse(List.of()),
          Stream.of(Stationary.values())
              .flatMap(stays -> m.activity(stays).map(a -> Toggles.of(stays, a)).stream())
              .toList());
    }

    private static List<Long> numbers(LookupCounts c) {
      return List.of(c.passes(), c.lookups(), c.empty(), c.reused(), c.writes());
    }

    private static LookupCounts counts(List<Long> n) {
      return new LookupCounts(n.get(0), n.get(1), n.get(2), n.get(3), n.get(4));
    }

    Measurement measurement() {
      List<Metric> restored =
          metrics.stream()
              .map(
                  x ->
                      new Metric(
                          x.name(),
                          Double.parseDouble(x.value()),
                          Double.parseDouble(x.standardError())))
              .toList();
      return new Measurement(
          new AccuracyResult(restored, samples, nonFinite, logits),
          Double.parseDouble(weightQsnrDecibels),
          lookups.isEmpty() ? Optional.empty() : Optional.of(counts(lookups)),
          activity.stream().collect(Collectors.toMap(Toggles::stays, Toggles::activity)));
    }
  }

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  private final FileChannel channel;
  private final Map<String, Measurement> kept = new HashMap<>();

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens a journal, made if missing; what whole lines it has are found again. */
  public static Journal open(Path file) throws IOException {
    Journal journal =
        new Journal(
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
    journal.restore(Files.readString(file, StandardCharsets.UTF_8));
    return journal;
  }

  /** The measurements in whole lines of a file, in their order; the file stays as it is. */
  static Map<String, Measurement> read(Path file) throws IOException {
    return measurements(wholeLines(Files.readString(file, StandardCharsets.UTF_8)));
  }

  private static String wholeLines(String text) {
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  private static Map<String, Measurement> measurements(String lines) {
    Map<String, Measurement> found = new LinkedHashMap<>();
    lines.lines().forEach(line -> restoreLine(line, found));
    return found;
  }

  /** Reads whole lines and cuts off a part of one, so that the next begins a new line. */
  private void restore(String text) throws IOException {
    String lines = wholeLines(text);
    kept.putAll(measurements(lines));
    channel.truncate(lines.getBytes(StandardCharsets.UTF_8).length);
    channel.position(channel.size());
  }

  private static void restoreLine(String line, Map<String, Measurement> found) {
    try {
      Entry entry = JSON.readValue(line, Entry.class);
      found.put(entry.key(), entry.measurement());
    } catch (JsonProcessingException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | IllegalStateException e) {
      // A line that nobody can read is no result: it is measured again.
      return;
    }
  }

  @Override
  public synchronized Optional<Measurement> find(String key) {
    return Optional.ofNullable(kept.get(key));
  }

  @Override
  public synchronized void keep(String key, Measurement measurement) {
    kept.put(key, measurement);
    try {
      ByteBuffer line = ByteBuffer.wrap(line(key, measurement).getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The measurements of some keys, a line each: what a finished run leaves. */
  public synchronized String text(List<String> keys) {
    StringBuilder text = new StringBuilder();
    for (String key : keys) {
      find(key).ifPresent(measurement -> text.append(line(key, measurement)));
    }
    return text.toString();
  }

  /**
   * The measurement of a {@link #line}.
   *
   * @throws IllegalArgumentException if the line is not that of this key
   */
  public static Measurement of(String key, String line) {
    return Optional.ofNullable(measurements(line).get(key))
        .orElseThrow(() -> new IllegalArgumentException("no line of " + key + ": " + line));
  }

  /** A measurement as a line, from which it comes back bit for bit. */
  public static String line(String key, Measurement measurement) {
    try {
      return JSON.writeValueAsString(Entry.of(key, measurement)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many measurements are kept. */
  public synchronized int size() {
    return kept.size();
  }

  /** Writes nothing any more; what is written stays. */
  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
