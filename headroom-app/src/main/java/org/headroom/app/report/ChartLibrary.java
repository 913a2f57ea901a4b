package org.headroom.app.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * Apache ECharts, as found on the class path.
 *
 * @param version as its own jar says
 * @param script the minified library, with its licence's header
 */
record ChartLibrary(String version, String script) {
    static ChartLibrary load() throws IOException {
        Properties jar = new Properties();
        jar.load(new StringReader(text("/META-INF/maven/org.mvnpm/echarts/pom.properties")));
        String version = jar.getProperty("version", "");
        return new ChartLibrary(
                version, text("/META-INF/resources/_static/echarts/%s/dist/echarts.min.js".formatted(version)));
    }

    /** A text on the class path. */
    static String text(String resource) throws IOException {
        try (InputStream in = ChartLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("not on the class path: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
