using Microsoft.Playwright;

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
}
