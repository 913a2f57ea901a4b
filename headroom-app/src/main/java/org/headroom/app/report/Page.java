package org.headroom.app.report;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Map;

/** A page made of one of our templates; a name that a template uses and nobody gave is a fault, not an empty place. */
final class Page {
    private static final String FOLDER = "org/headroom/app/report/";

    private Page() {}

    static String of(String template, Map<String, Object> context) throws IOException {
        ClasspathLoader templates = new ClasspathLoader(Page.class.getClassLoader());
        templates.setPrefix(FOLDER);
        PebbleEngine engine = new PebbleEngine.Builder()
                .loader(templates)
                .strictVariables(true)
                .newLineTrimming(false)
                .build();
        StringWriter page = new StringWriter();
        engine.getTemplate(template).evaluate(page, context, Locale.ROOT);
        return page.toString();
    }
}
