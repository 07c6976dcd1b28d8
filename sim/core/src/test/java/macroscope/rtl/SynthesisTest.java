package macroscope.rtl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units synthesized anew take exactly what the committed results say, cell by cell. */
class SynthesisTest {

  private static Map<String, CSVRecord> committed = Map.of();

  @TempDir private Path folder;

  @BeforeAll
  static void read() throws IOException {
    committed = SynthesisResults.read();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "XC7     | integer_mac:a=int4,length=1,accumulator_bits=18",
        "XC7     | lut_tensor_core:length=4",
        "XC7_DSP | integer_mac:a=int8,length=1,accumulator_bits=26",
        "ICE40   | shift_add:a=int8,b=apot5_k2,length=1",
        "ICE40   | ternary:a=int8,length=1",
        "XC7     | block_scaled:a=e2m1fn,length=2,kept_fraction_bits=13,block_length=32",
        "OSU018  | kulisch:a=e2m1fn,length=1,terms=1024",
        "OSU018  | fused:a=e5m2,length=2,kept_fraction_bits=10,output_fraction_bits=13",
      })
  void aUnitTakesWhatTheCommittedResultsSay(SynthesisTarget target, String unit)
      throws IOException {
    Map<String, Double> measured = Synthesis.of(TwinSettings.named(unit), target, folder);
    assertThat(measured).isEqualTo(committed(unit, target));
  }

  private static Map<String, Double> committed(String unit, SynthesisTarget target) {
    CSVRecord row = committed.get(unit);
    return target.columns().stream()
        .collect(Collectors.toMap(column -> column, column -> Double.valueOf(row.get(column))));
  }
}
