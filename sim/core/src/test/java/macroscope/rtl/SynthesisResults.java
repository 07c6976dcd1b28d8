package macroscope.rtl;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The committed results of {@code rtl synthesize}. */
final class SynthesisResults {

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  private SynthesisResults() {}

  /** Rows by unit, in their order: those that prices are fitted on, then the others. */
  static Map<String, CSVRecord> read() throws IOException {
    Map<String, CSVRecord> byUnit = new LinkedHashMap<>();
    for (String file : List.of("synthesis.csv", "synthesis-unseen.csv")) {
      rows(file).forEach(row -> byUnit.put(row.get("unit"), row));
    }
    return byUnit;
  }

  private static List<CSVRecord> rows(String file) throws IOException {
    try (InputStream stream =
            Objects.requireNonNull(SynthesisResults.class.getResourceAsStream("/rtl/" + file));
        Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8);
        CSVParser rows = CSVParser.parse(reader, FORMAT)) {
      return rows.getRecords();
    }
  }
}
