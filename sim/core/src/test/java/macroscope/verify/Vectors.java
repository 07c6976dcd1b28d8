package macroscope.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import macroscope.cost.TechnologyNode;

/** The lines of a vector file among the test resources, to be changed and replayed. */
record Vectors(List<String> lines) {

  static Vectors of(String resource) {
    try (InputStream raw = Vectors.class.getResourceAsStream("/vectors/" + resource);
        InputStream plain =
            resource.endsWith(".gz")
                ? new GZIPInputStream(Objects.requireNonNull(raw, resource))
                : Objects.requireNonNull(raw, resource)) {
      return new Vectors(new String(plain.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long rows() {
    return lines.size() - 1;
  }

  /** With one field of one row (from 0) changed. */
  Vectors with(int row, String column, UnaryOperator<String> change) {
    int place = List.of(lines.get(0).split(",")).indexOf(column);
    String[] fields = lines.get(row + 1).split(",", -1);
    fields[place] = change.apply(fields[place]);
    List<String> changed = new ArrayList<>(lines);
    changed.set(row + 1, String.join(",", fields));
    return new Vectors(changed);
  }

  /** With one more row, given by its fields. */
  Vectors plus(String row) {
    List<String> more = new ArrayList<>(lines);
    more.add(row);
    return new Vectors(more);
  }

  FileReport replay(Path folder) {
    return replay(folder, List.of());
  }

  FileReport replay(Path folder, List<TechnologyNode> technologies) {
    try {
      Path file = folder.resolve("vectors.csv");
      Files.write(file, lines);
      return Verifier.of(technologies, TimedMachines.none(), 2, 10).verify(List.of(file)).get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
