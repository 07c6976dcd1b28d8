package macroscope.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.tensor.FormatCatalogue;
import macroscope.tensor.Quantizer;
import macroscope.tensor.TensorFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatFileTest {

  private static final ConfigFolder SHIPPED =
      new ConfigFolder(Path.of("../../configs/formats"), "format");

  @TempDir private Path folder;

  static Iterable<String> shippedFiles() {
    return SHIPPED.names();
  }

  @ParameterizedTest
  @MethodSource("shippedFiles")
  void everyShippedFileLoads(String name) {
    assertThat(FormatFile.read(SHIPPED.resolve(name)).formats()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hfp8_e4m3_b4", "adaptivfloat8_e3", "e5m4", "ue4m4", "bnb_fp4"})
  void shippedScalarsAreInTheCatalogue(String name) {
    assertThat(FormatFile.catalogue(SHIPPED).scalar(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "mxfp5_e2m2, 5.25",
    "w4g128, 4.15625",
    "nf4_double, 4.1875",
    "e5m4:token:e8m0, 10.015625"
  })
  void shippedBlocksAreSchemes(String scheme, double bits) {
    TensorFormat format = FormatFile.catalogue(SHIPPED).scheme(scheme);
    assertThat(format.bitsPerElement(64, 512)).isEqualTo(bits);
  }

  /** AdaptivFloat, figure 2: the least magnitudes become zero. */
  @Test
  void adaptivFloatHasNoSubnormals() {
    FloatFormat format = (FloatFormat) FormatFile.catalogue(SHIPPED).scalar("adaptivfloat8_e3");
    assertThat(format.decodeDouble(1)).isEqualTo(0x1.1p-7);
  }

  @Test
  void bitsAndBytesFloatsAreTwelfths() {
    double[] x = {1, 0.7, -0.3, 0.1};
    TensorFormat format = FormatFile.catalogue(SHIPPED).scheme("bnb_fp4:token");
    assertThat(Quantizer.quantize(format, x, 1, 4).codes()).containsExactly(3, 2, 12, 6);
  }

  private FormatCatalogue load(String... lines) throws IOException {
    Files.writeString(
        folder.resolve("own.yaml"), "description: own\nformats:\n" + String.join("\n", lines));
    return FormatFile.catalogue(new ConfigFolder(folder, "format"));
  }

  @Test
  void aMinifloatIsALineOfYaml() throws IOException {
    FormatCatalogue catalogue =
        load(
            "  - {kind: minifloat, name: my8, exponent_bits: 4, fraction_bits: 3, specials: fn,"
                + " source: mine}");
    assertThat(catalogue.scalar("my8").maxFinite()).isEqualTo(Formats.E4M3FN.maxFinite());
  }

  @Test
  void foldersOfOnesOwnAreReadToo(@TempDir Path second) throws IOException {
    write(
        folder,
        "  - {kind: block, name: own1, element: own2, levels: [{elements: group8}], source: s}");
    write(second, "  - {kind: codebook, name: own2, values: [-1, 1], source: mine}");
    FormatCatalogue catalogue = FormatFile.catalogue(folder + File.pathSeparator + second);
    assertThat(catalogue.scheme("own1").element().name()).isEqualTo("own2");
  }

  private static void write(Path folder, String line) throws IOException {
    Files.writeString(folder.resolve("own.yaml"), "description: own\nformats:\n" + line);
  }

  @Test
  void aFolderThatIsNoneIsNamed() {
    assertThatThrownBy(() -> FormatFile.catalogue(folder + File.pathSeparator + "none"))
        .hasMessage("MACROSCOPE_FORMATS: must name folders: none");
  }

  @Test
  void aBlockMayNameAFormatOfALaterLine() throws IOException {
    FormatCatalogue catalogue =
        load(
            "  - {kind: block, name: myblock, element: pair, levels: [{elements: group8}],"
                + " source: mine}",
            "  - {kind: codebook, name: pair, values: [-2, 1], source: mine}");
    assertThat(catalogue.scheme("myblock:block4").bitsPerElement(1, 8)).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "{kind: minifloat, name: e4m3fn, exponent_bits: 4, fraction_bits: 3, specials: fn, source:"
            + " s} ! formats[1]: the name is taken: e4m3fn",
        "{kind: minifloat, name: my8, exponent_bits: 40, fraction_bits: 3, specials: fn, source: s}"
            + " ! formats[1]: my8: exponent bits must be 0..11: 40",
        "{kind: minifloat, name: my8, exponent_bits: 4, fraction_bits: 3, specials: inf, source: s}"
            + " ! formats[1].specials: must be one of ieee, fn, merged, fnuz, finite, p3109_finite,"
            + " p3109_extended, not the text 'inf'",
        "{kind: minifloat, name: my8, exponent_bits: 4, fraction_bits: 3, specials: fn}"
            + " ! formats[1]: key source is missing",
        "{kind: minifloat, name: my8, exponents: 4, fraction_bits: 3, specials: fn, source: s}"
            + " ! formats[1].exponents: unknown key",
        "{kind: float, name: my8, source: s}"
            + " ! formats[1].kind: must be one of block, codebook, fixed_point, minifloat: float",
        "{kind: codebook, name: my8, values: [1], source: s}"
            + " ! formats[1]: my8: distinct values must number 2..65536: 1",
        "{kind: codebook, name: my8, values: [1, .nan], source: s}"
            + " ! formats[1].values[2]: must be a finite number, not the number .nan",
        "{kind: fixed_point, name: my8, bits: 80, source: s}"
            + " ! formats[1]: my8: bits must be 1..63: 80",
        "{kind: block, name: my8, element: e9, levels: [{elements: group8}], source: s}"
            + " ! formats[1]: unknown format e9",
        "{kind: block, name: my8, element: nf4, levels: [{elements: rows}], source: s}"
            + " ! formats[1].levels[1]: elements must be tensor, channel, token, group<N> or"
            + " tile<R>x<C>: rows",
        "{kind: block, name: my8, element: nf4, levels: [{elements: group8, rule: max}], source: s}"
            + " ! formats[1].levels[1]: rule must be one of absmax, absmean, rms, floor, ceil,"
            + " nearest, even, m2, search: max",
        "{kind: block, name: my8, element: nf4, levels: [{elements: group8, zero_point: uint4}],"
            + " source: s} ! formats[1]: my8: zero points are for the innermost scale",
      })
  void aMistakeIsToldWithFileLineAndKey(String line, String message) {
    assertThatThrownBy(() -> load("  - " + line))
        .hasMessageStartingWith(folder.resolve("own.yaml") + ":3: " + message);
  }
}
