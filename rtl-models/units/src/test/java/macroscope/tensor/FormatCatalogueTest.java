package macroscope.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import macroscope.format.CodebookFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatCatalogueTest {

  private static CodebookFormat thirds(String name) {
    return new CodebookFormat(name, List.of(-3.0, -1.0, 1.0, 3.0));
  }

  private static final FormatCatalogue CATALOGUE =
      FormatCatalogue.builtIn()
          .with(thirds("thirds"))
          .with(
              new TensorFormat(
                  "mxthirds", thirds("thirds"), TensorFormats.parse("mxfp4").levels()));

  @Test
  void aSchemeMayNameAnAddedElement() {
    assertThat(CATALOGUE.scheme("Thirds:group8:ceil").element()).isEqualTo(thirds("thirds"));
  }

  @Test
  void aSchemeMayChangeTheBlockOfAnAddedFormat() {
    assertThat(CATALOGUE.scheme("mxthirds:block16").bitsPerElement(1, 64)).isEqualTo(2.5);
  }

  @Test
  void whatIsBuiltInIsStillThere() {
    assertThat(CATALOGUE.scheme("nvfp4")).isEqualTo(TensorFormats.parse("nvfp4"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"e4m3fn", "fp8", "mxfp4", "mxfp6", "nvint5", "posit9_1", "bf16", "thirds", "e4m3"})
  void aNameThatMeansSomethingIsTaken(String name) {
    assertThatThrownBy(() -> CATALOGUE.with(thirds(name))).hasMessage("the name is taken: " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Thirds2", "a:b", "8bit", ""})
  void aNameMustFitIntoAScheme(String name) {
    assertThatThrownBy(() -> CATALOGUE.with(thirds(name)))
        .hasMessageStartingWith("a name must be lower-case");
  }
}
