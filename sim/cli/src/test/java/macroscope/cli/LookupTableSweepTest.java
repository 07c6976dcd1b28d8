package macroscope.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network on every published table and bit-serial datapath, and on every key of the lookup-table family. */
class LookupTableSweepTest {

  private static final String SWEEP =
      """
      name: tables
      title: Tables
      models: [mnist-mlp]
      samples: 3
      machines: systolic-16x16-ws
      technologies: nangate45
      fronts:
        - {quality: kl_bits_to_fp32, cost: unit_energy_per_mac}
      designs:
        - name: int2
          pairs: [{weights: "int2:channel", activations: "int8:token"}]
          units:
            - {family: preset, name: [bit_serial_adder, unpu, lut_tensor_core]}
        - name: int4
          pairs: [{weights: "int4:channel", activations: "int8:token"}]
          units:
            - {family: preset, name: sail}
        - name: binary16
          weights: "int4:channel"
          activations: binary16
          units:
            - {family: preset, name: [figlut_f, figlut_i, lut_gemm]}
        - name: conventional
          weights: "int2:channel"
          activations: binary16
          units:
            - {family: preset, name: conventional_lut}
        - name: bfloat16
          weights: "int4:channel"
          activations: bfloat16
          units:
            - {family: preset, name: ifpu}
        - name: ternary
          weights: "ternary:channel"
          activations: "int8:token"
          units:
            - {family: preset, name: [bitnet_tl1, bitnet_tl2]}
        - name: three of four
          weights: "sherry:channel"
          activations: "int8:token"
          units:
            - {family: preset, name: sherry}
        - name: keys
          weights: "int2:group64"
          activations: binary16
          units:
            - family: lookup_table
              activation_group: 32
              tables_per_call: [8, 16]
              number_system: [fp32_avx2, fp16_neon]
              aggregation: [exact, fast_as_upstream, fast_bias_division, fast_corrected]
              units_per_table: [0, 4]
      """;

  @TempDir private static Path folder;
  private static final Map<String, CSVRecord> ROWS = new LinkedHashMap<>();

  @BeforeAll
  static void run() throws IOException {
    Path file = Files.writeString(folder.resolve("tables.yaml"), SWEEP);
    Path out = folder.resolve("run");
    StringWriter err = new StringWriter();
    int code =
        Macroscope.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute("sweep", file.toString(), "--out", out.toString());
    assertThat(code + ": " + err).isEqualTo("0: ");
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = format.parse(Files.newBufferedReader(out.resolve("points.csv")))) {
      parser.forEach(row -> ROWS.put(row.get("unit"), row));
    }
  }

  private static List<String> presets(String column) {
    return ROWS.values().stream()
        .filter(row -> !row.get("block").equals("keys"))
        .map(row -> row.get(column))
        .toList();
  }

  private static List<String> keys(String column) {
    return ROWS.values().stream()
        .filter(row -> row.get("block").equals("keys"))
        .map(row -> row.get(column))
        .toList();
  }

  @Test
  void everyPublishedDatapathRuns() {
    assertThat(presets("unit"))
        .containsExactly(
            "bit_serial_adder",
            "unpu",
            "lut_tensor_core",
            "sail",
            "figlut_f",
            "figlut_i",
            "lut_gemm",
            "conventional_lut",
            "ifpu",
            "bitnet_tl1",
            "bitnet_tl2",
            "sherry");
  }

  @Test
  void noneLosesASample() {
    assertThat(presets("non_finite_samples [1]")).containsOnly("0");
  }

  @Test
  void eachHasAnAreaAndAnEnergyOfItsOwn() {
    assertThat(presets("unit_area [area_unit]")).doesNotHaveDuplicates().doesNotContain("");
    assertThat(presets("unit_energy_per_mac [pJ]")).doesNotHaveDuplicates().doesNotContain("");
  }

  /** TL1 has 4 bits for 2 weights, TL2 5 for 3, Sherry 5 for 4; beside them the scales. */
  @Test
  void packedWeightsAreStoredAsTheyArePacked() {
    double pairs = Double.parseDouble(ROWS.get("bitnet_tl1").get("bits_per_weight [bits]"));
    double triples = Double.parseDouble(ROWS.get("bitnet_tl2").get("bits_per_weight [bits]"));
    double fours = Double.parseDouble(ROWS.get("sherry").get("bits_per_weight [bits]"));
    assertThat(pairs - triples).isBetween(0.3, 0.34);
    assertThat(pairs - fours).isEqualTo(0.75, within(1e-6));
  }

  /** Exact integer sums are the same whichever unit makes them; sums of floats are not. */
  @Test
  void unitsWithExactSumsAgreeAndOthersDoNot() {
    String adders = ROWS.get("bit_serial_adder").get("logits_sha256");
    assertThat(ROWS.get("unpu").get("logits_sha256")).isEqualTo(adders);
    assertThat(ROWS.get("lut_tensor_core").get("logits_sha256")).isEqualTo(adders);
    assertThat(ROWS.get("bitnet_tl1").get("logits_sha256"))
        .isEqualTo(ROWS.get("bitnet_tl2").get("logits_sha256"));
    assertThat(ROWS.get("figlut_f").get("logits_sha256"))
        .isNotEqualTo(ROWS.get("lut_gemm").get("logits_sha256"));
  }

  /** Who reads a table changes its cost and no bit; all else bits, but NEON kernels have one defect of the two. */
  @Test
  void everyKeyOfTheLookupTableFamilyHasAnEffect() {
    assertThat(keys("unit")).hasSize(2 * 2 * 4 * 2);
    assertThat(keys("logits_sha256").stream().distinct()).hasSize(2 * (4 + 3));
    assertThat(keys("unit_area [area_unit]").stream().distinct()).hasSizeGreaterThanOrEqualTo(12);
  }
}
