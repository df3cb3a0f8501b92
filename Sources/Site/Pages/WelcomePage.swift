import HTTP

/// The page at `/`: tells whoever finds this address what it is and where to go on. Holds nothing that is not for anybody.
enum WelcomePage {
    static func assets(site: String) -> StaticAssets {
        StaticAssets([
            .init(path: "/", bytes: Array(page(site).utf8), contentType: "text/html; charset=utf-8"),
            .init(path: "/welcome.css", bytes: Array(style.utf8), contentType: "text/css; charset=utf-8"),
        ])
    }

    /// Names of sites are checked by the configuration: letters, digits, '-', '_' and '.'.
    private static func page(_ site: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Interflow · \(site)</title>
        <link rel="stylesheet" href="/welcome.css">
        <main>
          <h1>Interflow</h1>
          <p>This is the site <strong>\(site)</strong>. It routes contacts to the people and bots who can take them.</p>
          <ul>
            <li><a href="/readyz">Is it ready?</a> Check by check.</li>
            <li><a href="/openapi.json">What can be asked of it?</a> The API as an OpenAPI document.</li>
          </ul>
          <p>Agents sign in with <code>interflow agent NAME</code>; operators read along with <code>interflow log -f</code>.</p>
        </main>
        </html>
        """
    }

    private static let style = """
        :root { color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif; }
        main { max-width: 36rem; margin: 15vh auto 0; padding: 0 1.5rem; }
        h1 { font-weight: 600; letter-spacing: -0.02em; }
        code { font-size: 0.95em; }
        li { margin: 0.4rem 0; }
        """
}
