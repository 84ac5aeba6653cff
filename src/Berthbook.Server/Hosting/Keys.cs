using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Berthbook.Server.Hosting;

/// <summary>The keys that sign cookies, forms and mailed codes.</summary>
static class Keys
{
    /// <summary>
    /// A mirror signs nothing, so no key needs to outlive the process, and none is made at start: making them costs a tenth
    /// of a second and leaves files in the home folder.
    /// </summary>
    public static void KeepNoKeys(this IServiceCollection services)
    {
        services.Replace(
            ServiceDescriptor.Singleton<IDataProtectionProvider, EphemeralDataProtectionProvider>()
        );
        services.MakeLater();
    }

    /// <summary>The keys of a registry with accounts, in the folder <c>keys</c> beside the database, made when first needed.</summary>
    public static void KeepKeys(this IServiceCollection services, Settings settings)
    {
        services.AddDataProtection().SetApplicationName("berthbook");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<ILoggerFactory>(
                (keys, logs) => keys.XmlRepository = new FileSystemXmlRepository(Folder(settings), logs)
            );
        services.MakeLater();
    }

    static void MakeLater(this IServiceCollection services)
    {
        var maker = services.Single(service =>
            service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(EphemeralDataProtectionProvider).Assembly
        );
        services.Remove(maker);
    }

    static DirectoryInfo Folder(Settings settings)
    {
        var path = Path.Combine(settings.Data, "keys");
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(
                path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
    }
}
