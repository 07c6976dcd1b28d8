package macroscope.report;

import com.google.common.html.HtmlEscapers;
import java.util.ArrayList;
import java.util.List;

/** Pieces of HTML as text. */
final class Html {

  private Html() {}

  /** Text as it may stand in an element or a quoted attribute. */
  static String escape(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }

  /**
   * An element around HTML that is ready.
   *
   * @param tag its name, attributes after a space
   */
  static String element(String tag, String html) {
    String name = tag.split(" ", 2)[0];
    return "<" + tag + ">" + html + "</" + name + ">\n";
  }

  /**
   * An SVG document as an element of a page: no prolog, no namespaces, as HTML implies them, and ids of
   * its own, since ids are shared by all pictures of a page.
   */
  static String inlineSvg(String svg, String idPrefix) {
    return svg.substring(svg.indexOf("<svg"))
        .replaceAll("\\sxmlns(:xlink)?=\"[^\"]*\"", "")
        .replaceFirst("(<svg[^>]*?)\\sheight=\"\\d+\"", "$1")
        .replaceFirst("(<svg[^>]*?)\\swidth=\"\\d+\"", "$1")
        .replaceAll("\\bid=\"", "id=\"" + idPrefix)
        .replace("url(#", "url(#" + idPrefix);
  }

  /** A table under construction. A cell that is a number is set to the right. */
  static final class Table {
    private final List<String> heads;
    private final List<String> rows = new ArrayList<>();
    private String attributes = "";

    Table(List<String> heads) {
      this.heads = List.copyOf(heads);
    }

    /** Lets readers sort it; scripts know it by its id. */
    Table sortable(String id) {
      attributes = " class=\"sortable\" id=\"" + id + "\"";
      return this;
    }

    Table row(List<String> cells) {
      return row(cells, "");
    }

    /**
     * @param style class of the row; may be empty
     */
    Table row(List<String> cells, String style) {
      StringBuilder row =
          new StringBuilder(style.isEmpty() ? "<tr>" : "<tr class=\"" + style + "\">");
      for (String cell : cells) {
        boolean number = cell.matches("[-+]?[0-9.]+(e-?[0-9]+)?( \u00b1 .*)?");
        row.append(number ? "<td class=\"n\">" : "<td>").append(escape(cell)).append("</td>");
      }
      rows.add(row.append("</tr>\n").toString());
      return this;
    }

    String text() {
      StringBuilder table = new StringBuilder("<div class=\"wide\"><table" + attributes + ">\n");
      table.append("<thead><tr>");
      heads.forEach(head -> table.append("<th>").append(escape(head)).append("</th>"));
      table.append("</tr></thead>\n<tbody>\n");
      rows.forEach(table::append);
      return table.append("</tbody></table></div>\n").toString();
    }
  }
}
