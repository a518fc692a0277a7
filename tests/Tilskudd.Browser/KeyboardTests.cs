using Microsoft.Playwright;
using Tilskudd.Tests.Approval;
using Tilskudd.Tests.Planning;

namespace Tilskudd.Browser;

public sealed class KeyboardTests(Chromium chromium)
{
    [Fact]
    public async Task The_first_stop_leads_past_the_menu_to_the_content()
    {
        await using var site = await RunningSite.WithSpecimens();
        await using var browser = await chromium.Open(View.Desk, javaScript: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(site.Address + "/prove/deler");

        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".ds-skip-link")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task After_a_refused_form_the_list_of_faults_has_the_focus_and_leads_to_the_fields()
    {
        await using var site = await RunningSite.WithSpecimens();
        await using var browser = await chromium.Open(View.Phone, javaScript: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(site.Address + "/prove/deler");

        await page.GetByRole(AriaRole.Button, new() { Name = "Lagre og gå videre" }).ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Feil: Økt pedagogtetthet i barnehager – Tilskudd, Drammen kommune");
        await Assertions.Expect(page.Locator(".ds-error-summary")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Velg minst ett mål" }).ClickAsync();

        await Assertions.Expect(page.Locator("#maal")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_member_reads_answers_and_confirms_by_the_keyboard_alone()
    {
        await using var given = await GivenARound.Open();
        var (token, code) = given.Access("Kari");
        await using var browser = await chromium.Open(View.Desk, javaScript: false);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(given.Site.Client.BaseAddress!, $"/g/{token}").ToString());

        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "Godkjenn", Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        await TabTo(page, page.Locator("#kode"));
        await page.Keyboard.TypeAsync(code);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Svaret er registrert");
    }

    [Fact]
    public async Task A_coordinator_sends_the_plan_by_the_keyboard_alone()
    {
        await using var given = await GivenPlan.Start();
        await given.SetFrame();
        await given.WriteAll();
        await using var browser = await chromium.Open(View.Desk, javaScript: false);
        var (name, value) = await given.Cookie(given.Amina);
        await browser.AddCookiesAsync([new Cookie { Name = name, Value = value, Url = given.Address.AbsoluteUri }]);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(given.Address + given.Path[1..]);

        await TabTo(page, page.Locator("form[action$='/send'] button"));
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("form[action$='/send']")).ToHaveCountAsync(0);
        Assert.NotNull((await given.Stored()).LatestVersion);
    }

    [Fact]
    public async Task A_field_says_its_fault_before_its_hint()
    {
        await using var site = await RunningSite.WithSpecimens();
        await using var browser = await chromium.Open(View.Desk);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(site.Address + "/prove/deler?feil");

        var code = page.GetByLabel("Koden fra e-posten");

        await Assertions.Expect(code).ToHaveAccessibleDescriptionAsync("Feil: Skriv koden fra e-posten, fire sifre Fire sifre, øverst i e-posten.");
        await Assertions.Expect(code).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task What_was_typed_is_shown_again_to_the_letter()
    {
        await using var site = await RunningSite.WithSpecimens();
        await using var browser = await chromium.Open(View.Desk);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(site.Address + "/prove/deler?feil");

        await Assertions.Expect(page.Locator("#navn")).ToHaveValueAsync("Økt pedagogtetthet <i> 👍");
        await Assertions.Expect(page.Locator("#kdd")).ToHaveValueAsync("1 900 000");
        await Assertions.Expect(page.Locator("#beskrivelse")).ToHaveValueAsync("\nVi ansetter levekårspedagog nummer fem.");
        await Assertions.Expect(page.Locator("#endring")).ToHaveValueAsync("2");
        await Assertions.Expect(page.Locator("#maal-2")).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("#tema-1")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task The_design_system_and_its_font_are_in_use()
    {
        await using var site = await RunningSite.WithSpecimens();
        await using var browser = await chromium.Open(View.Desk);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(site.Address + "/om");

        var colour = await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).getPropertyValue('--ds-color-accent-base-default')");
        var font = await page.EvaluateAsync<bool>("document.fonts.ready.then(() => [...document.fonts].some(face => face.family === 'Inter' && face.status === 'loaded'))");

        Assert.NotEmpty(colour);
        Assert.True(font);
    }

    // As a person does it; where it ends, the focus is to be seen.
    private static async Task TabTo(IPage page, ILocator target)
    {
        const int Most = 120;
        for (var i = 0; i < Most; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                Assert.NotEqual("none", await target.EvaluateAsync<string>("element => getComputedStyle(element).outlineStyle"));
                return;
            }
        }

        Assert.Fail($"{target} is not among the first {Most} stops of the keyboard.");
    }
}
