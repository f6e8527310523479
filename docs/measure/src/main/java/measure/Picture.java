package measure;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;

/** The first figure of each table as bars, all in one SVG. */
final class Picture {

  private static final int WIDTH = 560;
  private static final int BAR = 24;
  private static final int AROUND = 90;

  private static final Color BLUE = new Color(0x1f77b4);
  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);

  /** Not 12, which would be left out as the usual size, and that is another one in a browser. */
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  private Picture() {}

  static String svg(Results results) throws IOException {
    VectorGraphics2D canvas = new VectorGraphics2D();
    List<Integer> heights = new ArrayList<>(List.of(0, 0));
    for (String task : results.tasks()) {
      int column = heights.get(0) <= heights.get(1) ? 0 : 1;
      int height = AROUND + BAR * results.subjects(task).size();
      Rectangle2D place =
          new Rectangle2D.Double(column * WIDTH, heights.get(column), WIDTH, height);
      chart(results, task).draw(canvas, place);
      heights.set(column, heights.get(column) + height);
    }
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    int width = heights.get(1) == 0 ? WIDTH : 2 * WIDTH;
    PageSize page = new PageSize(width, Math.max(heights.get(0), heights.get(1)));
    new SVGProcessor().getDocument(canvas.getCommands(), page).writeTo(svg);
    return svg.toString(StandardCharsets.UTF_8);
  }

  private static JFreeChart chart(Results results, String task) {
    String figure = results.figures(task).iterator().next();
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (String subject : results.subjects(task)) {
      results
          .median(task, subject, figure)
          .ifPresent(value -> data.addValue(value, figure, subject));
    }
    JFreeChart chart =
        ChartFactory.createBarChart(
            task, null, figure, data, PlotOrientation.HORIZONTAL, false, false, false);
    StandardChartTheme plain = new StandardChartTheme("plain");
    plain.setExtraLargeFont(TITLE);
    plain.setLargeFont(TEXT);
    plain.setRegularFont(TEXT);
    plain.apply(chart);
    chart.setBackgroundPaint(Color.WHITE);
    CategoryPlot plot = chart.getCategoryPlot();
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
    BarRenderer renderer = new BarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setSeriesPaint(0, BLUE);
    plot.setRenderer(renderer);
    return chart;
  }
}
