using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Tilskudd.Browser;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Tilskudd.Browser;

/// <summary>
/// The browser all tests share, each in a context of its own. Where Chromium is missing the tests are skipped, except where it is
/// promised: in a build (<c>CI=true</c>) and on Debian as root, where a missing browser is a failure.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    // The same browser twice: the shell draws pages and nothing around them, so that a fresh one costs a quarter.
    private static readonly string[] Executables = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    private static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private static readonly string Axe = $"globalThis.loadAxe = () => {{\n{new BundledAxeScriptProvider().GetScript()}\n}};";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Whether tests may be skipped for want of a browser.</summary>
    private static bool IsPromised =>
        Environment.GetEnvironmentVariable("CI") == "true" || (File.Exists("/etc/debian_version") && Environment.UserName == "root");

    public async ValueTask InitializeAsync()
    {
        if (Executables.FirstOrDefault(File.Exists) is not { } executable)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = executable, Args = Arguments });
    }

    /// <summary>Where the browser is, for who starts it himself.</summary>
    internal string Program
    {
        get
        {
            Demand();
            return Executables.First(File.Exists);
        }
    }

    /// <summary>A fresh browser: no cookies, a window as given, and nothing that slides: on a busy machine a click can miss a button on its way.</summary>
    internal async Task<IBrowserContext> Open(View view, bool javaScript = true, string language = "nb-NO")
    {
        Demand();
        var browser = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = view.Width, Height = View.Height },
            ColorScheme = view.Colours,
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = javaScript,
            Locale = language,
        });
        if (javaScript)
        {
            // Every page has axe from its beginning, sent along with each question it takes half as long as the answer; but only a page that is asked about runs it.
            await browser.AddInitScriptAsync(Axe);
        }

        return browser;
    }

    private void Demand()
    {
        if (_browser is null)
        {
            Assert.SkipUnless(IsPromised, $"Chromium is not at {string.Join(" or ", Executables)}.");
            Assert.Fail($"Chromium is promised here and is not at {string.Join(" or ", Executables)}: apt-get install chromium.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>A window people use: a desk, a phone, and 320 wide, which is also 1280 at 400 % zoom.</summary>
internal sealed record View(int Width, bool IsDark = false)
{
    public const int Height = 900;

    public static readonly View Desk = new(1280);
    public static readonly View Phone = new(390);

    public static readonly View Smallest = new(320);

    public static IReadOnlyList<View> All { get; } = [Desk, new(1280, IsDark: true), Phone, new(390, IsDark: true), Smallest];

    public ColorScheme Colours => IsDark ? ColorScheme.Dark : ColorScheme.Light;

    /// <summary>Makes a page's window as this one. Only the style sheets ask how wide and how dark it is, so the page need not come anew.</summary>
    public async Task Show(IPage page)
    {
        await page.SetViewportSizeAsync(Width, Height);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = Colours, ReducedMotion = ReducedMotion.Reduce });
    }

    public override string ToString() => Width + (IsDark ? "-dark" : "");
}
